// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/nrrd.hpp"
#include "format/image_formats.hpp"
#include "format/plain/plain_writer.hpp"

#include <fmt/format.h>

namespace lapilli::format {

std::unique_ptr<ImageWriter> create_nrrd(const std::string& path, const NewImage& image)
{
    const auto& [nz, ny, nx] = image.shape;
    const auto spacings = [&] { // in mm, which is what programs take that do not read the units
        return "spacings: " + edges_in_units(*image.voxel_edges_m, 1e-3) + "\nunits: \"mm\" \"mm\" \"mm\"\n";
    };
    return create_plain(path, image,
                        {.head = fmt::format("NRRD0004\ntype: {}\ndimension: 3\nsizes: {} {} {}\n{}"
                                             "endian: little\nencoding: raw\n\n",
                                             nrrd_types.of(image.type), nx, ny, nz, image.voxel_edges_m ? spacings() : "")});
}

} // namespace lapilli::format
