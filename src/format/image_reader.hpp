// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "core/voxel_edges.hpp"
#include "format/voxel_type.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lapilli::format {

/// What only the user knows of a headerless raw file. A format that says it itself is refused where it says otherwise.
struct RawFormat {
    std::optional<Shape> shape = std::nullopt;
    std::optional<VoxelType> type = std::nullopt;
    std::optional<bool> big_endian = std::nullopt; ///< absent: little
    std::optional<std::int64_t> header =
        std::nullopt; ///< bytes before the first voxel; `all_that_is_more`: whatever is too much
    static constexpr std::int64_t all_that_is_more = -1;
    std::string by = {}; ///< who says it where the user does not, for sentences: "by rock.raw.json"
};

/// Voxels that lie in one piece in a file, x fastest: nothing but bytes has to be read.
struct PlainVoxels {
    std::string file;
    std::int64_t offset = 0; ///< [bytes]
    bool swap = false;       ///< the bytes of a voxel stand in the order that this machine does not use
};

struct ImageDescription {
    std::string path;
    std::string format; ///< for people: "raw u8", "raw.gz u16 little-endian", "TIFF 1 bit, deflate", "HDF5 /image u8"
    Shape shape;
    VoxelType type = VoxelType::u8;                         ///< 1-bit TIFF is u8, float16 of HDF5 f32
    std::optional<VoxelEdges> voxel_edges_m = std::nullopt; ///< if the file says them
    std::string voxel_by = {};                              ///< who says them: "the resolution tags"
    std::int64_t layer = 1;                                 ///< planes that are stored together: who wants one unpacks all
    std::optional<RawFormat> raw = std::nullopt;            ///< how it was read, of headerless files only
    std::optional<PlainVoxels> plain = std::nullopt;        ///< where the voxels lie, of HDF5 where it says so
    std::vector<std::string> remarks = {};                  ///< what the user should know of the file, a sentence each
    std::vector<std::string> voxel_remarks = {};            ///< of its edges, where nobody gives them
};

/// An open image file, read by one rank; not collective.
class ImageReader {
public:
    virtual ~ImageReader() = default;
    const ImageDescription& description() const { return description_; }
    /// True if planes can only be read once, in order (compressed streams): then one rank reads for all.
    virtual bool streamed() const = 0;
    /// Voxels of the planes, shape (planes.count(), ny, nx), x fastest, each of the described type in the order of bytes of
    /// this machine. Streamed readers take consecutive ranges only.
    /// @throws Error a truncated or corrupt file; (a defect of the caller) planes outside the image, a span of another size
    void read_voxels(PlaneRange planes, std::span<std::byte> voxels);
    /// The same as labels. @throws Error also a voxel that is no integer of 32 bits (named by z, y, x)
    void read(PlaneRange planes, std::span<std::int32_t> labels);

protected:
    /// What read_voxels() does with a request that fits.
    virtual void load(PlaneRange planes, std::span<std::byte> voxels) = 0;

    ImageDescription description_;

private:
    void require_request(PlaneRange planes, std::int64_t voxels) const;

    std::vector<std::byte> voxels_; ///< on their way to labels
};

/// Opens a file or folder of any format in the table of formats.hpp, by its content, and "file:PART" where one holds several
/// images ("file.h5:/dataset"). A file that begins like a format which is not read is refused by that name. A path that
/// exists as a file is that file, also with ':' in its name. Not collective.
/// @throws Error with exit code 2 and a sentence for anything that is not such a file
std::unique_ptr<ImageReader> open_image(const std::string& path, const RawFormat& raw);

} // namespace lapilli::format
