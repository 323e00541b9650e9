// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/sample_blocks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace lapilli::property {

namespace {

constexpr std::int64_t narrowest = 4, widest = 8; ///< edge of a block [bricks]
constexpr std::int64_t fewest = 4, most = 27;     ///< by default
constexpr std::int64_t cost = 9;                  ///< of a block, of cells solved per voxel

/// The part after the point of (i + 1/2) times these three (powers of 1/1.2207..., the root of t^4 = t + 1) fills a cube
/// evenly for any number of points.
constexpr std::array<double, 3> steps{0.8191725133961645, 0.6710436067037893, 0.5497004779019703};

} // namespace

SampleBlocks choose_blocks(const Shape& shape, std::optional<int> wanted)
{
    if (wanted && *wanted == 0) return {};
    const auto normal = normal_of_plane(shape);
    std::array<std::int64_t, 3> bricks{}; // along the normal of a plane, whatever the block has
    std::int64_t shortest = std::numeric_limits<std::int64_t>::max();
    for (const Axis axis : all_axes) {
        if (axis == normal) continue;
        bricks[static_cast<std::size_t>(axis)] = shape.along(axis) / brick::edge;
        shortest = std::min(shortest, shape.along(axis) / brick::edge);
    }
    const std::int64_t edge = std::clamp(shortest / 4, narrowest, widest);
    if (2 * edge > shortest) return {.blocks = {}, .whole_image = true};
    if (normal) bricks[static_cast<std::size_t>(*normal)] = edge;

    std::array<std::int64_t, 3> fit{};
    std::transform(bricks.begin(), bricks.end(), fit.begin(), [&](std::int64_t n) { return n / edge; });
    const std::int64_t places = fit[0] * fit[1] * fit[2];
    const std::int64_t affordable = bricks[0] * bricks[1] * bricks[2] / (cost * edge * edge * edge);
    const std::int64_t count = std::min(places, wanted ? *wanted : std::clamp(affordable, fewest, most));

    SampleBlocks sample;
    for (std::int64_t i = 0; static_cast<std::int64_t>(sample.blocks.size()) < count; ++i) {
        std::array<std::int64_t, 3> first{};
        for (std::size_t a = 0; a < 3; ++a) {
            const double turn = (static_cast<double>(i) + 0.5) * steps[a];
            const auto place = static_cast<std::int64_t>((turn - std::floor(turn)) * static_cast<double>(fit[a]));
            if (fit[a] > 1) first[a] = (bricks[a] - edge) * place / (fit[a] - 1); // the outermost ones touch the faces
        }
        const image::Block block{{first[0], first[1], first[2]}, edge, normal};
        if (std::find(sample.blocks.begin(), sample.blocks.end(), block) == sample.blocks.end())
            sample.blocks.push_back(block);
    }
    return sample;
}

} // namespace lapilli::property
