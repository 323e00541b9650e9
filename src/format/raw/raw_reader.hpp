// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"
#include "format/raw/raw_sidecar.hpp"

#include <memory>

namespace lapilli::format {

/// Where the voxels of a headerless image lie in its file, and how.
struct RawLayout {
    Shape shape;
    VoxelType type = VoxelType::u8;
    bool swap = false;     ///< the bytes of a voxel stand in the order that this machine does not use
    std::string said = {}; ///< "--shape 4x4x4 --type u8", for sentences, and who says it if not the user

    std::int64_t bytes() const { return shape.voxels() * bytes_of(type); }
};

/// Whether there are more bytes than can be counted.
bool overflows(const Shape& shape, VoxelType type);

/// The layout that is known. @throws Error --shape or --type is missing, or the shape is none (zero, negative, too
/// large)
RawLayout raw_layout(const std::string& path, const RawFormat& raw);

/// A file of that format ("raw", "raw.gz") and layout.
ImageDescription describe_raw(const std::string& path, const std::string& format, const RawLayout& layout,
                              const KnownRaw& known);

/// Headerless raw whose size must be exactly that of the layout. @throws Error
std::unique_ptr<ImageReader> open_raw(file::InputFile file, const KnownRaw& known);

/// Voxels that lie in one piece at `offset` of a file that describes itself; `description` is complete.
/// @throws Error the file is shorter
std::unique_ptr<ImageReader> open_raw_within(file::InputFile file, ImageDescription description, const RawLayout& layout,
                                             std::int64_t offset);

} // namespace lapilli::format
