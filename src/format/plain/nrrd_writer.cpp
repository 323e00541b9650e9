// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/image_formats.hpp"
#include "format/plain/plain_writer.hpp"

#include <fmt/format.h>

#include <array>

namespace lapilli::format {
namespace {

constexpr std::array nrrd_words{"uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float", "double"};
static_assert(nrrd_words.size() == all_voxel_types.size());

/// In mm, which is what programs take that do not read the units.
std::string nrrd_spacings(const VoxelEdges& edges_m)
{
    constexpr double mm = 1e-3;
    return fmt::format("spacings: {} {} {}\nunits: \"mm\" \"mm\" \"mm\"\n", in_units(edges_m.x, mm), in_units(edges_m.y, mm),
                       in_units(edges_m.z, mm));
}

} // namespace

std::unique_ptr<ImageWriter> create_nrrd(const std::string& path, const NewImage& image)
{
    const auto& [nz, ny, nx] = image.shape;
    return create_plain(path, image,
                        {.head = fmt::format("NRRD0004\ntype: {}\ndimension: 3\nsizes: {} {} {}\n{}"
                                             "endian: little\nencoding: raw\n\n",
                                             nrrd_words[static_cast<int>(image.type)], nx, ny, nz,
                                             image.voxel_edges_m ? nrrd_spacings(*image.voxel_edges_m) : "")});
}

} // namespace lapilli::format
