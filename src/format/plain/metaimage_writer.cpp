// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/metaimage.hpp"
#include "format/image_formats.hpp"
#include "format/plain/plain_writer.hpp"

#include <fmt/format.h>

namespace lapilli::format {

std::unique_ptr<ImageWriter> create_metaimage(const std::string& path, const NewImage& image)
{
    const auto& [nz, ny, nx] = image.shape;
    const auto spacing = [&] { // in mm, as all who read the format take it
        return "DistanceUnits = mm\nElementSpacing = " + edges_in_units(*image.voxel_edges_m, 1e-3) + "\n";
    };
    return create_plain(
        path, image,
        {.head = fmt::format("ObjectType = Image\nNDims = 3\nBinaryData = True\n"
                             "BinaryDataByteOrderMSB = False\nCompressedData = False\n{}"
                             "DimSize = {} {} {}\nElementType = {}\nElementDataFile = LOCAL\n",
                             image.voxel_edges_m ? spacing() : "", nx, ny, nz, metaimage_types.of(image.type))});
}

} // namespace lapilli::format
