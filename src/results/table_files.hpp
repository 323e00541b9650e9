// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/result.hpp"

#include <filesystem>
#include <span>
#include <string_view>

namespace lapilli::results {

/// A file of the result folder for spreadsheets: a distribution or curves, a line for each of its points.
struct TableFile {
    const char* name;
    std::string_view head; ///< its first line, by which this program knows its own
};
std::span<const TableFile> table_files();

/// Whether a file is one that this program has written, or empty.
bool is_own_table(const std::filesystem::path& path, std::string_view head);

/// Writes those that the result has. Rank 0. @throws Error the disk is full
void write_tables(const std::filesystem::path& folder, const study::Result& result);

} // namespace lapilli::results
