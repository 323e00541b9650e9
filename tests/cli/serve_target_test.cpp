// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/answer.hpp"
#include "serve/run_id.hpp"
#include "serve/target.hpp"
#include "support/catch.hpp"

using namespace lapilli::serve;

namespace {

/// 0: it is taken.
int status_of(const std::string& target)
{
    try {
        read_target(target);
        return 0;
    } catch (const Refusal& refusal) {
        return refusal.status();
    }
}

int status_of_id(const std::string& id)
{
    try {
        folder_of(id);
        return 0;
    } catch (const Refusal& refusal) {
        return refusal.status();
    }
}

using Parts = std::vector<std::string>;

} // namespace

TEST_CASE("a target is taken apart, and each part decoded once")
{
    CHECK(read_target("/").parts.empty());
    CHECK(read_target("/api/v1/runs").parts == Parts{"api", "v1", "runs"});
    CHECK(read_target("/runs/").parts == Parts{"runs"});
    CHECK(read_target("/a%62c/%C3%A9").parts == Parts{"abc", "é"});
    CHECK(read_target("/%252e").parts == Parts{"%2e"}); // not twice
    CHECK(read_target("/a+b").parts == Parts{"a+b"});   // a blank in a query only
    const auto query = read_target("/x?a=1&b=&c&&d=e%26f+g&a%20b=%2B").query;
    CHECK(query == std::map<std::string, std::string>{{"a", "1"}, {"b", ""}, {"c", ""}, {"d", "e&f g"}, {"a b", "+"}});
    CHECK(read_target("/x?").query.empty());
}

TEST_CASE("no part of a target leads up, out or to a name that no file has")
{
    for (const char* target : {"/..",
                               "/a/../b",
                               "/.",
                               "/%2e",
                               "/%2e%2e",
                               "/.%2E/x",
                               "//",
                               "/a//b",
                               "/a%2fb",
                               "/a%2Fb",
                               "/a%5cb",
                               "/a\\b",
                               "/..%5c",
                               "/%00",
                               "/a%0d%0aX:1",
                               "/a%7f",
                               "/%c0%ae",
                               "/%e0%80%ae",
                               "/%f0%80%80%ae",
                               "/%ed%a0%80",
                               "/%f4%90%80%80",
                               "/%ff",
                               "/%c3",
                               "/%c3%28",
                               "/%",
                               "/%2",
                               "/%zz",
                               "/%-1",
                               "/% 1",
                               "/a#b",
                               "",
                               "a",
                               "*",
                               "http://localhost/",
                               "?a=1",
                               "/x?a=%",
                               "/x?a=%ff",
                               "/x?%00=1",
                               "/x?a=1&a=2"}) {
        CAPTURE(target);
        CHECK(status_of(target) == 400);
    }
    CHECK(status_of("/" + std::string(4094, 'a')) == 0);
    CHECK(status_of("/" + std::string(4096, 'a')) == 414);
    CHECK(status_of("/a/b/c/d/e/f/g/h") == 0);
    CHECK(status_of("/a/b/c/d/e/f/g/h/i") == 404);
    std::string keys = "/x?";
    for (int i = 0; i < 33; ++i) keys += "k" + std::to_string(i) + "&";
    CHECK(status_of(keys) == 400);
}

TEST_CASE("the name of a run is its folder, and no other name is one")
{
    CHECK(folder_of("rock") == "rock");
    CHECK(folder_of("group~a~rock-1.5_b") == "group/a/rock-1.5_b");
    CHECK(id_of("group/a") == "group~a");
    CHECK(id_of("a~b") == std::nullopt);
    CHECK(id_of("with blank") == std::nullopt);
    CHECK(id_of("") == std::nullopt);
    for (const char* id :
         {"", "~", "a~", "~a", "a~~b", ".", "..", ".hidden", "a~..", "a~.b", "..~a", "a/b", "a b", "a\nb", "é", "a;b"}) {
        CAPTURE(id);
        CHECK(status_of_id(id) == 404);
    }
    CHECK(status_of_id(std::string(128, 'a')) == 0);
    CHECK(status_of_id(std::string(129, 'a')) == 404);
}
