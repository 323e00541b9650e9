// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "results/options.hpp"
#include "study/result.hpp"

#include <filesystem>
#include <span>
#include <vector>

namespace lapilli::results {

/// A file of the result folder with a pore network for other programs.
struct NetworkFile {
    NetworkFormat format;
    const char* name;
};
std::span<const NetworkFile> network_files();

/// Whether a file of one of these names is one that this program has written, or empty.
bool is_own_network(const std::filesystem::path& path);

/// @throws Error exit code 2: a format needs a size that is not known
void check_network_formats(const std::vector<NetworkFormat>& formats, const study::Result& result);

/// Writes the network of a result in these formats, and removes what an earlier run has left in others: it would be of
/// another network. Rank 0. @throws Error the disk is full
void write_network(const std::filesystem::path& folder, const study::Result& result,
                   const std::vector<NetworkFormat>& formats);

} // namespace lapilli::results
