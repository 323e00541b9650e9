// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/packed/byte_stream.hpp"
#include "format/raw/raw_reader.hpp"

#include <memory>
#include <string>

namespace lapilli::format {

/// Voxels that come out of a stream, x fastest.
struct StreamedVoxels {
    std::unique_ptr<ByteStream> stream;
    RawLayout layout = {};
    std::int64_t before = 0; ///< bytes before the first voxel that are passed over
    bool exact = true;       ///< nothing may follow the voxels
    std::string advice = {}; ///< what to do where there are more or fewer, for the end of a sentence
};

/// A reader of which planes are read once, in order. Whether the voxels end where the stream does, and every checksum, is
/// known (and checked) only when the last plane is read.
std::unique_ptr<ImageReader> read_streamed(ImageDescription description, StreamedVoxels voxels);

/// @throws Error so few packed bytes cannot hold the voxels of the layout
void require_plausible(const std::string& path, std::int64_t packed_bytes, Packing packing, const RawLayout& layout);

} // namespace lapilli::format
