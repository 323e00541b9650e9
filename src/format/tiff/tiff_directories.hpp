// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace lapilli::format {

/// True if the file begins as TIFF or BigTIFF does.
bool is_tiff(const file::InputFile& file);

/// Offsets of the directories (pages) in the order of the chain: so that any page is found without walking to it, and a
/// chain that is cut off is an error (libtiff takes it for the end). Reads two small pieces per page.
/// @throws Error a directory outside the file, or a chain that runs in a circle
std::vector<std::uint64_t> tiff_directories(const file::InputFile& file);

/// ResolutionUnit of the directory at that offset: libtiff knows 1, 2 and 3 only, and takes others for 2 (inch). Nothing if
/// there is none.
std::optional<int> resolution_unit(const file::InputFile& file, std::uint64_t directory);

} // namespace lapilli::format
