// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/shape.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace lapilli::io {

/// An image file being written by one rank, plane after plane; not collective. Nothing stands under the final name before
/// finish(): planes go to a temporary file beside it, which is synced and renamed; without finish() it is removed.
class ImageWriter {
public:
    virtual ~ImageWriter() = default;
    /// Labels of the next planes, shape (n, ny, nx), x fastest.
    /// @throws Error the path and the errno text, when the disk is full or the folder cannot be written
    virtual void append(std::span<const std::uint8_t> labels) = 0;
    virtual void finish() = 0;
};

/// Format by the file name: .raw, .tif/.tiff (deflate, one page a plane, voxel size in the resolution tags), .h5/.hdf5 (dataset "image",
/// attribute voxel_size_m). @throws Error with exit code 2 on another ending
std::unique_ptr<ImageWriter> create_image(const std::string& path, const Shape& shape, std::optional<double> voxel_size_m);

}  // namespace lapilli::io
