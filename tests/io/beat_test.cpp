// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/beat.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <thread>

using namespace lapilli;
using namespace lapilli::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

const auto long_ago = fs::file_time_type::clock::now() - 1h;

/// Whether the time of the file is renewed within a second.
bool is_renewed(const fs::path& file)
{
    fs::last_write_time(file, long_ago);
    for (int i = 0; i < 100; ++i) {
        if (fs::last_write_time(file) > long_ago + 30min) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

} // namespace

TEST_CASE("a file is renewed as long as the beat lives, and no longer")
{
    const ScratchFolder folder;
    const fs::path file = folder.write("lease", "mine");
    {
        const checkpoint::Beat beat(file, 5ms);
        CHECK(is_renewed(file));
        CHECK(bytes_in(file.string()) == "mine");
        fs::remove(file);
        folder.write("lease", "another's");
        CHECK_FALSE(is_renewed(file));
    }
    {
        const checkpoint::Beat beat(file, 5ms);
        CHECK(is_renewed(file));
    }
    CHECK_FALSE(is_renewed(file));
}

TEST_CASE("a beat ends at once, and does without a file")
{
    const ScratchFolder folder;
    const auto begin = std::chrono::steady_clock::now();
    {
        const checkpoint::Beat long_beat(folder.write("lease", "mine"), 1h), none(folder / "none", 5ms);
    }
    CHECK(std::chrono::steady_clock::now() - begin < 10s);
}
