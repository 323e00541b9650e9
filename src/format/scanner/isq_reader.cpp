// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/scanner/isq_reader.hpp"

#include "core/error.hpp"
#include "format/little_endian.hpp"
#include "format/raw/raw_reader.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <utility>

namespace lapilli::format {

std::unique_ptr<ImageReader> open_isq(file::InputFile file)
{
    constexpr std::int64_t block = 512; // [bytes]
    std::array<std::byte, block> bytes{};
    file.read(0, bytes);
    const auto number = [&](std::size_t at) -> std::int64_t {
        return little_endian<std::int32_t>(std::span<const std::byte>(bytes), at);
    };
    const Shape shape{.nz = number(52), .ny = number(48), .nx = number(44)};
    const VoxelEdges sides{.x = number(56) * 1e-6, .y = number(60) * 1e-6, .z = number(64) * 1e-6}; // of the whole scan
    if (shape.nz < 1 || shape.ny < 1 || shape.nx < 1)
        throw input_error("{} says {} x {} x {} voxels (x, y, z), but a scan has some; the file is damaged, fetch it again",
                          file.path(), shape.nx, shape.ny, shape.nz);
    ImageDescription description{
        .path = file.path(), .format = "Scanco ISQ i16", .shape = shape, .type = VoxelType::i16, .remarks = {}};
    if (sides.x > 0 && sides.y > 0 && sides.z > 0) {
        const VoxelEdges edges{.x = sides.x / shape.nx, .y = sides.y / shape.ny, .z = sides.z / shape.nz};
        description.voxel_edges_m = edges.cubic() ? VoxelEdges::cube(edges.x) : edges;
    }
    const RawLayout layout{.shape = shape, .type = VoxelType::i16, .swap = std::endian::native == std::endian::big};
    const std::int64_t blocks_behind = number(508);
    return open_raw_within(std::move(file), std::move(description), layout, (blocks_behind + 1) * block);
}

} // namespace lapilli::format
