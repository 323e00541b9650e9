// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/shape.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace lapilli::io {

enum class VoxelType { u8, i8, u16, i16, u32, i32, f32 };

/// What only the user knows of a headerless raw file. Refused for formats that say it themselves.
struct RawFormat {
    std::optional<Shape> shape;
    std::optional<VoxelType> type;
    bool big_endian = false;
};

struct ImageDescription {
    std::string path;
    std::string format;       ///< for people: "raw u8", "raw.gz u16 little-endian", "TIFF 1 bit, deflate", "HDF5 /image u8"
    Shape shape;
    VoxelType type = VoxelType::u8;
    std::optional<double> voxel_size_m;  ///< edge of a voxel [m], if the file says it and voxels are cubes
};

/// An open image file, read by one rank; not collective.
class ImageReader {
public:
    virtual ~ImageReader() = default;
    const ImageDescription& description() const { return description_; }
    /// True if planes can only be read once, in order (compressed streams): then one rank reads for all.
    virtual bool streamed() const = 0;
    /// Labels of the planes, shape (planes.count(), ny, nx), x fastest. Streamed readers take consecutive ranges only.
    /// @throws Error a truncated or corrupt file, or a float image with values that are not integers
    virtual void read(PlaneRange planes, std::span<std::int32_t> labels) = 0;

protected:
    ImageDescription description_;
};

/// Opens by content and name: TIFF (multi-page), HDF5 ("file.h5:/dataset"), gzip of raw, else headerless raw.
/// @throws Error with exit code 2 and a sentence for anything that is not such a file
std::unique_ptr<ImageReader> open_image(const std::string& path, const RawFormat& raw);

}  // namespace lapilli::io
