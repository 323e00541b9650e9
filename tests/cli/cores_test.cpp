// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "machine/cores.hpp"

#include "machine.hpp"
#include "support/catch.hpp"

using namespace lapilli::machine;

namespace {

/// A machine of files whose cores are counted.
struct Threads : lapilli::test::Machine {
    /// Four cores of two hardware threads each: 0 and 4, 1 and 5, ...
    Threads& with_eight_threads()
    {
        for (int cpu = 0; cpu < 8; ++cpu)
            write("sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings_list",
                  std::to_string(cpu % 4) + "," + std::to_string(cpu % 4 + 4));
        return *this;
    }
    int cores(const std::vector<int>& cpus) const { return count_cores(cpus, root()); }
};

} // namespace

TEST_CASE("hardware threads of one core count once")
{
    Threads machine;
    machine.with_eight_threads();
    CHECK(machine.cores({0, 1, 2, 3, 4, 5, 6, 7}) == 4);
    CHECK(machine.cores({0, 4}) == 1);
    CHECK(machine.cores({0, 1, 5}) == 2);
}

TEST_CASE("without a topology every thread is a core")
{
    CHECK(Threads().cores({0, 1, 2}) == 3);
    CHECK(Threads().cores({}) == 1);
}

TEST_CASE("the quota of a container limits the cores, also that of the folders above its own")
{
    Threads machine;
    machine.with_eight_threads().write("proc/self/cgroup", "0::/pod/container");
    const std::vector<int> all{0, 1, 2, 3, 4, 5, 6, 7};
    CHECK(machine.cores(all) == 4);
    machine.write("sys/fs/cgroup/pod/container/cpu.max", "max 100000");
    CHECK(machine.cores(all) == 4);
    machine.write("sys/fs/cgroup/pod/cpu.max", "300000 100000");
    CHECK(machine.cores(all) == 3);
    machine.write("sys/fs/cgroup/pod/container/cpu.max", "50000 100000");
    CHECK(machine.cores(all) == 1);
}

TEST_CASE("a container that sees its cgroup as the top one is limited by it")
{
    Threads machine;
    machine.with_eight_threads()
        .write("proc/self/cgroup", "0::/somewhere/on/the/host")
        .write("sys/fs/cgroup/cpu.max", "200000 100000");
    CHECK(machine.cores({0, 1, 2, 3, 4, 5, 6, 7}) == 2);
}

TEST_CASE("cgroups of version 1 limit the cores too")
{
    Threads machine;
    machine.with_eight_threads().write("proc/self/cgroup", "4:cpu,cpuacct:/job\n3:memory:/job");
    machine.write("sys/fs/cgroup/cpu/job/cpu.cfs_quota_us", "-1").write("sys/fs/cgroup/cpu/job/cpu.cfs_period_us", "100000");
    CHECK(machine.cores({0, 1, 2, 3}) == 4);
    machine.write("sys/fs/cgroup/cpu/job/cpu.cfs_quota_us", "200000");
    CHECK(machine.cores({0, 1, 2, 3}) == 2);
}

TEST_CASE("this machine has a core")
{
    CHECK(available_cores() >= 1);
    CHECK(available_cores() <= static_cast<int>(allowed_cpus().size()));
}
