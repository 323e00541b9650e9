// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <span>
#include <vector>

namespace lapilli::machine {

/// The hardware threads this process may run on (its affinity mask).
std::vector<int> allowed_cpus();

/// Physical cores among `cpus`, not more than the cgroups of this process grant (cpu.max, cpu.cfs_quota_us); at least 1.
/// @param root  where /sys and /proc are looked up
int count_cores(std::span<const int> cpus, const std::filesystem::path& root = "/");

/// Ranks that a start without --ranks takes.
inline int available_cores() { return count_cores(allowed_cpus()); }

} // namespace lapilli::machine
