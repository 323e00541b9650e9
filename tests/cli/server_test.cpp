// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// A whole server within this process, so that the sanitizers see it at work, from the socket to the reader of fields.
#include "io/fields_file.hpp"
#include "io/scratch.hpp"
#include "serve/resources.hpp"
#include "serve/server.hpp"
#include "support/catch.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <csignal>
#include <future>
#include <thread>

using namespace lapilli;
using namespace lapilli::serve;
namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::ip::tcp;

namespace {

constexpr const char* result =
    R"({"schema":1,"status":"done","program":{"name":"lapilli"},"image":{"path":"rock.tif","shape":[5,20,37]},"result":{},)"
    R"("summary":{"permeability":{"z":{"value":1000.0,"unit":"mD","parts":{"solver":1e-3,"grid":null}}}}})";

/// Runs, and a server of them, until it goes out of scope.
class Serving {
public:
    Serving()
    {
        for (const char* run : {"a", "group/b", "c"}) fs::create_directories(runs / run);
        folder.write("runs/a/result.json", result);
        folder.write("runs/a/progress.jsonl", "{\"stage\":\"read\"}\n");
        folder.write("runs/group/b/result.json", "{");
        folder.write("runs/c/progress.jsonl", "{\"stage\":\"diffusivity\",\"axis\":\"x\"}\n");
        test::write_fields((runs / "a/fields.h5").string(), {.chunk = {5, 16, 16}});
        folder.write("runs/c/fields.h5", "no HDF5");
        thread = std::thread([this] { run(); });
        port = listens.get_future().get();
        while (!site->index.not_ready().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ~Serving()
    {
        ::kill(::getpid(), SIGTERM);
        thread.join();
    }
    Serving(const Serving&) = delete;
    Serving& operator=(const Serving&) = delete;

    void run()
    {
        site.emplace(runs.string(), metrics, test::fields_reader());
        const Service service{.answer = [this](const Request& request) { return route(*site, request); },
                              .not_ready = [this] { return site->index.not_ready(); },
                              .own_metrics = [] { return std::string(); }};
        run_server({.folder = runs.string(), .listen = {"127.0.0.1", 0}}, service, metrics, [this](const std::string& said) {
            listens.set_value(said.substr(said.rfind(':') + 1, said.size() - said.rfind(':') - 2));
        });
    }

    test::ScratchFolder folder;
    fs::path runs = folder / "runs";
    Metrics metrics;
    std::optional<Site> site;
    std::promise<std::string> listens;
    std::string port;
    std::thread thread;
};

/// A connection that is kept.
class Client {
public:
    explicit Client(const std::string& port) : socket_(context_)
    {
        asio::connect(socket_, tcp::resolver(context_).resolve("127.0.0.1", port));
    }
    void send(const std::string& text) { asio::write(socket_, asio::buffer(text)); }
    /// The status of the next answer, whose body is then in `body`.
    int take(bool head_only = false)
    {
        const auto end = asio::read_until(socket_, asio::dynamic_buffer(got_), "\r\n\r\n");
        const auto head = got_.substr(0, end);
        const auto place = head.find("Content-Length: ");
        const auto size = place == std::string::npos || head_only ? 0 : std::stoul(head.substr(place + 16));
        if (got_.size() < end + size)
            asio::read(socket_, asio::dynamic_buffer(got_), asio::transfer_exactly(end + size - got_.size()));
        body = got_.substr(end, size);
        got_.erase(0, end + size);
        return std::stoi(head.substr(9, 3));
    }
    int ask(const std::string& path, const std::string& heads = "")
    {
        send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + heads + "\r\n");
        return take();
    }

    std::string body;

private:
    asio::io_context context_;
    tcp::socket socket_;
    std::string got_;
};

} // namespace

TEST_CASE("a server answers what is asked of it, well or badly")
{
    const Serving serving;
    Client silent(serving.port), client(serving.port);
    silent.send("GET /api/v1/ru"); // and no more, to the end
    for (const char* path : {"/",
                             "/runs/a",
                             "/compare",
                             "/api",
                             "/openapi.json",
                             "/api/v1/runs",
                             "/api/v1/runs?sort=name&limit=1",
                             "/api/v1/runs/a",
                             "/api/v1/runs/a/state",
                             "/api/v1/runs/c/state",
                             "/api/v1/runs/group~b/state",
                             "/api/v1/runs/a/progress",
                             "/api/v1/runs/a/fields",
                             "/api/v1/runs/a/slice?field=pressure",
                             "/api/v1/runs/a/slice?field=pressure",
                             "/api/v1/runs/a/slice?field=velocity&axis=x&log=1&colours=inferno",
                             "/api/v1/runs/a/slice?field=velocity&component=y&size=16",
                             "/api/v1/runs/a/values?field=pore&axis=y&index=3",
                             "/api/v1/runs/a/volume?size=8",
                             "/api/v1/runs/a/files",
                             "/api/v1/runs/a/files/fields.h5",
                             "/api/v1/compare?y=formation_factor&axis=z"}) {
        CAPTURE(path);
        CHECK(client.ask(path) == 200);
        CHECK(!client.body.empty());
    }
    CHECK(client.ask("/api/v1/runs/a/files/result.json", "Range: bytes=0-1\r\n") == 206);
    CHECK(client.body == "{\"");
    CHECK(client.ask("/api/v1/runs/a", "If-None-Match: *\r\n") == 304);
    const std::pair<const char*, int> refused[] = {{"/nothing", 404},
                                                   {"/%2e%2e/x", 400},
                                                   {"/api/v1/runs/..", 400},
                                                   {"/api/v1/runs/none", 404},
                                                   {"/api/v1/runs/c", 409},
                                                   {"/api/v1/runs?limit=x", 400},
                                                   {"/api/v1/runs/c/fields", 422},
                                                   {"/api/v1/runs/a/slice?field=none", 404},
                                                   {"/api/v1/runs/a/slice?field=pressure&index=99", 400},
                                                   {"/api/v1/runs/a/progress?from=99", 416}};
    for (const auto& [path, status] : refused) {
        CAPTURE(path);
        Client other(serving.port); // some are the last of their connection
        CHECK(other.ask(path) == status);
        CHECK(other.body.starts_with("{\"error\":\""));
    }
    client.send("HEAD /api/v1/runs HTTP/1.1\r\nHost: localhost\r\n\r\nGET /api/v1/runs/a HTTP/1.1\r\nHost: "
                "localhost\r\n\r\n"); // at once
    CHECK(client.take(true) == 200);
    CHECK(client.take() == 200);
    CHECK(client.body == result);
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(client.take() == 405);
    Client(serving.port).send("GET /api/v1/runs/a/files/fields.h5 HTTP/1.1\r\nHost: localhost\r\n\r\n"); // and away
    Client(serving.port).send("\x16\x03\x01 no request\r\n\r\n");
    CHECK(Client(serving.port).ask("/api/v1/runs") == 200);
}
