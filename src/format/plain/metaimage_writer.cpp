// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/image_formats.hpp"
#include "format/plain/plain_writer.hpp"

#include <fmt/format.h>

#include <array>

namespace lapilli::format {
namespace {

constexpr std::array metaimage_words{"UCHAR", "CHAR",       "USHORT",    "SHORT", "UINT",
                                     "INT",   "ULONG_LONG", "LONG_LONG", "FLOAT", "DOUBLE"};
static_assert(metaimage_words.size() == all_voxel_types.size());

} // namespace

std::unique_ptr<ImageWriter> create_metaimage(const std::string& path, const NewImage& image)
{
    const auto& [nz, ny, nx] = image.shape;
    const auto spacing = [&] { // in mm, as all who read the format take it
        return "DistanceUnits = mm\nElementSpacing = " + edges_in_units(*image.voxel_edges_m, 1e-3) + "\n";
    };
    return create_plain(path, image,
                        {.head = fmt::format("ObjectType = Image\nNDims = 3\nBinaryData = True\n"
                                             "BinaryDataByteOrderMSB = False\nCompressedData = False\n{}"
                                             "DimSize = {} {} {}\nElementType = MET_{}\nElementDataFile = LOCAL\n",
                                             image.voxel_edges_m ? spacing() : "", nx, ny, nz,
                                             metaimage_words[static_cast<int>(image.type)])});
}

} // namespace lapilli::format
