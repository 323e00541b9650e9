// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/scanner/isq.hpp"

#include "core/error.hpp"
#include "format/headed/header_bytes.hpp"
#include "format/headed/voxel_block.hpp"
#include "format/header_text.hpp"

#include <array>
#include <cstdint>

namespace lapilli::format {

std::unique_ptr<ImageReader> open_isq(Candidate candidate)
{
    constexpr std::int64_t block_bytes = 512;
    constexpr double micrometre = 1e-6;
    const HeaderBytes header(candidate.begin, false);
    const auto number = [&](std::size_t at) -> std::int64_t { return header.get<std::int32_t>(at); };
    const std::array voxels{number(44), number(48), number(52)}, sides_um{number(56), number(60), number(64)};
    const auto shape = image_shape({voxels.begin(), voxels.end()});
    if (std::ssize(candidate.begin) < block_bytes || !shape)
        throw input_error("{} begins like a scan of Scanco's, but says {} voxels; it was cut off or is damaged",
                          candidate.path, lengths_text({voxels.begin(), voxels.end()}));
    std::array<double, 3> edges{};
    for (std::size_t axis = 0; axis < edges.size(); ++axis)
        edges[axis] = static_cast<double>(sides_um[axis]) / static_cast<double>(voxels[axis]);
    return open_block(candidate.path, {},
                      {.format = "Scanco ISQ",
                       .shape = *shape,
                       .type = VoxelType::i16,
                       .offset = (number(508) + 1) * block_bytes,
                       .voxel_edges_m = voxel_edges(edges, micrometre)});
}

} // namespace lapilli::format
