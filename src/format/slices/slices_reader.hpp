// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_reader.hpp"

namespace lapilli::format {

/// A folder of files in TIFF, PNG, BMP or JPEG 2000 with one z-plane each, in natural order: slice2.tif before slice10.tif. Other files
/// of the folder are passed over, those of that format of which there are fewer, too. Not collective.
/// @throws Error a folder without slices, two series in one folder, a number that is missing, a slice of another size
std::unique_ptr<ImageReader> open_slices(const std::string& folder);
/// The same in this process, whatever the library does on damaged files.
std::unique_ptr<ImageReader> open_slices_here(const std::string& folder);

/// Whether a file of that name may be such a slice.
bool is_slice_name(const std::string& name);

/// The files of one series in the order of their numbers.
/// @throws Error names that differ in more than one number, and numbers that are missing or stand twice
std::vector<std::string> in_natural_order(const std::string& folder, std::vector<std::string> names);

} // namespace lapilli::format
