// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/plan.hpp"

#include "core/error.hpp"
#include "machine.hpp"
#include "machine/memory.hpp"
#include "support/catch.hpp"
#include "text/sentence.hpp"

#include <limits>

using namespace lapilli;
using machine::available_memory;
using test::mentions;

namespace {

constexpr std::int64_t gigabyte = std::int64_t{1} << 30;

/// A machine with 4 GiB left, and a process in the cgroup /job of both versions.
struct Host : test::Machine {
    Host()
    {
        write("proc/meminfo", "MemTotal:       16777216 kB\nMemFree:  1024 kB\nMemAvailable:    4194304 kB");
        write("proc/self/cgroup", "0::/job\n4:memory:/job");
    }
    std::int64_t available() const { return available_memory(root()); }
};

} // namespace

TEST_CASE("what a machine has left is what the kernel calls available")
{
    CHECK(Host().available() == 4 * gigabyte);
    CHECK(available_memory() > 0);
    CHECK(available_memory("/nowhere/at/all") == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("a container has what its limit leaves, files in the cache not counted")
{
    Host machine;
    machine.write("sys/fs/cgroup/job/memory.max", "max").write("sys/fs/cgroup/job/memory.current", "5368709120");
    CHECK(machine.available() == 4 * gigabyte);
    machine.write("sys/fs/cgroup/job/memory.max", "3221225472").write("sys/fs/cgroup/job/memory.current", "2147483648");
    CHECK(machine.available() == gigabyte);
    machine.write("sys/fs/cgroup/job/memory.stat", "anon 1\ninactive_file 1073741824");
    CHECK(machine.available() == 2 * gigabyte);
    machine.write("sys/fs/cgroup/memory.max", "0"); // of the folder above
    CHECK(machine.available() == 0);
}

TEST_CASE("cgroups of version 1 limit the memory too")
{
    Host machine;
    machine.write("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "9223372036854771712")
        .write("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "2147483648");
    CHECK(machine.available() == 4 * gigabyte);
    machine.write("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "3221225472");
    CHECK(machine.available() == gigabyte);
}

TEST_CASE("ranks that need more than their machine has are refused with both numbers")
{
    study::require_room({{"a", 2, 2 * gigabyte, 3 * gigabyte}, {"b", 1, gigabyte, gigabyte}}, "to solve this");
    try {
        study::require_room({{"a", 2, gigabyte, gigabyte}, {"b", 3, 24'100'000'000, 12'340'000'000}}, "to solve this");
        FAIL("not refused");
    } catch (const Error& error) {
        CHECK(error.code() == ExitCode::wrong_input);
        CHECK_THAT(error.what(), mentions("24.1 GB on b (ranks: 3)") && mentions("12.3 GB") && mentions("--force"));
    }
}

TEST_CASE("a plan that does not fit is refused, unless it is forced")
{
    const study::Plan plan{.hosts = {{"a", 1, 2 * gigabyte, gigabyte}}};
    CHECK_THROWS_WITH(study::require_memory({}, plan), mentions("to solve this needs"));
    CHECK_NOTHROW(study::require_memory({.force = true}, plan));
    CHECK_NOTHROW(study::require_memory({}, {.hosts = {{"a", 1, gigabyte, gigabyte}}}));
}

TEST_CASE("an image is read where the masks of its pores fit, an eighth of a byte for each voxel and as much again")
{
    const Shape large{2000, 2000, 2000}, huge{20000, 10000, 10000};
    CHECK(property::bytes_to_read(large, large, 1) < large.voxels() / 3);
    CHECK(property::bytes_to_read(large, large, 1) > large.voxels() / 4);
    CHECK(property::bytes_to_read(large, large, 4) * 2 < property::bytes_to_read(large, large, 1));
    CHECK(property::bytes_to_read(huge, huge, 1) > huge.voxels() / 4);
    CHECK(property::bytes_to_read({1, 2000, 2000}, {100, 100, 100}, 1) < 100'000'000); // a crop
}

TEST_CASE("what an image needs follows from its own pores")
{
    const Shape shape{1300, 1300, 1300};
    const property::Share duct{.bricks = 82, .pores = 20'800, .solved = 20'800};
    const property::Share rock{.bricks = 551'368, .pores = 439'400'000, .solved = 439'400'000};
    const property::Workload flow{.permeability = true, .axes = 1, .blocks = 0};
    CHECK(property::bytes_of(flow, shape, shape, duct, {}) < 300'000'000);
    CHECK(property::bytes_of(flow, shape, shape, rock, {}) > 90'000'000'000);
}

TEST_CASE("sizes and drainage need what was seen on Berea sandstone, and not twice as much")
{
    constexpr std::int64_t bricks = 15625; // of 400³ voxels, on one rank: 439 and 566 MB; a half on each of two: 315 and 438
    CHECK(property::bytes_of_sizes(bricks, false) > 439'000'000);
    CHECK(property::bytes_of_sizes(bricks, false) < 878'000'000);
    CHECK(property::bytes_of_sizes(bricks / 2, false) > 315'000'000);
    CHECK(property::bytes_of_sizes(bricks, true) > 566'000'000);
    CHECK(property::bytes_of_sizes(bricks, true) < 1'132'000'000);
    CHECK(property::bytes_of_sizes(bricks / 2, true) > 438'000'000);
}

TEST_CASE("bytes are said in the unit that keeps them short")
{
    CHECK(text::bytes_text(0) == "0 bytes");
    CHECK(text::bytes_text(999) == "999 bytes");
    CHECK(text::bytes_text(999'900'000) == "1 GB");
    CHECK(text::bytes_text(24'123'456'789) == "24.1 GB");
}
