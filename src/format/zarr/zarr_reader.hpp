// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_reader.hpp"

#include <memory>
#include <string>

namespace lapilli::format {

/// An array of Zarr 2 or 3 in a folder, with the metadata of OME or without: its last three axes are z, y, x, all others
/// have length 1. Chunks packed by blosc, zstd, gzip or zlib, in C order; those that are missing have the fill value.
/// @param part  which array of the folder: "1", "labels/rock/0"; empty: the finest level, or the only array
/// @throws Error what is not such an array
std::unique_ptr<ImageReader> open_zarr(const std::string& folder, const std::string& part);

} // namespace lapilli::format
