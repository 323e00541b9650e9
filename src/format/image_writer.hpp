// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "core/voxel_edges.hpp"
#include "format/voxel_type.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lapilli::format {

/// What is written.
struct NewImage {
    Shape shape;
    VoxelType type = VoxelType::u8;
    std::optional<VoxelEdges> voxel_edges_m = std::nullopt;

    std::int64_t plane_bytes() const { return shape.plane() * bytes_of(type); }
};

/// An image file being written by one rank, plane after plane; not collective. Nothing stands under the final name before
/// finish(): planes go to a temporary file beside it, which is synced and renamed; without finish() it is removed.
class ImageWriter {
public:
    virtual ~ImageWriter() = default;
    /// Voxels of the next planes, shape (n, ny, nx), x fastest, in the order of bytes of this machine.
    /// @throws Error the path and the errno text, when the disk is full or the folder cannot be written
    virtual void append(std::span<const std::byte> voxels) = 0;
    /// Syncs and gives the file its name. @throws Error as append(), and (a defect of the caller) planes that are missing
    virtual void finish() = 0;
    /// Of planes that wait until there are enough to be written, at most. [bytes]
    virtual std::int64_t bytes_held() const { return 0; }

protected:
    explicit ImageWriter(const NewImage& image) : image_(image) {}

    /// Counts the planes of an append(). @throws Error (a defect of the caller) no whole planes, or too many
    PlaneRange take_planes(std::span<const std::byte> voxels);
    /// @throws Error (a defect of the caller) planes are missing
    void require_all_planes() const;

    NewImage image_;

private:
    std::int64_t next_plane_ = 0;
};

/// A format that is written.
struct WrittenFormat {
    std::string_view name;                   ///< for people
    std::array<std::string_view, 2> endings; ///< of file names, with the dot; the first is the usual one
    std::unique_ptr<ImageWriter> (*create)(const std::string& path, const NewImage& image);
    bool says_voxel_size = true;
    bool folder = false;
};

/// The format that a path names by its ending. Whoever adds a format adds a row to its table.
/// @throws Error with exit code 2 on another ending
const WrittenFormat& written_format(const std::string& path);

/// The usual ending of each, with `between` them: ".tif, .raw".
std::string written_endings(std::string_view between);

/// The same voxels give the same bytes. @throws Error with exit code 2 on an ending of no format, or a file that cannot be
/// made
std::unique_ptr<ImageWriter> create_image(const std::string& path, const NewImage& image);

} // namespace lapilli::format
