// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <filesystem>

namespace lapilli::machine {

/// What this machine can still give to its processes [bytes]: MemAvailable, or what is left of the least limit of the
/// cgroups of this process, whose cached files do not count. The largest number where nothing is said.
/// @param root  where /sys and /proc are looked up
std::int64_t available_memory(const std::filesystem::path& root = "/");

/// What this process holds now [bytes].
std::int64_t resident_memory();

} // namespace lapilli::machine
