// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>

namespace lapilli::checkpoint {

/// Whether this program has written what lies at that path, by what stands in the file, not by its name: others call their
/// files the same. Of an empty file nothing can be lost, so it counts as own. False for what is no regular file, links
/// followed, or cannot be read. One rank, not collective.
bool is_own_lease(const std::filesystem::path& path);
bool is_own_journal(const std::filesystem::path& path);
bool is_own_progress_log(const std::filesystem::path& path);
bool is_own_checkpoint(const std::filesystem::path& path); ///< also one whose end is missing
bool is_own_fields(const std::filesystem::path& path);     ///< HDF5
bool is_own_xdmf(const std::filesystem::path& path);

} // namespace lapilli::checkpoint
