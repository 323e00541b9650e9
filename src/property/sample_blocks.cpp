// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/sample_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lapilli::property {

namespace {

constexpr std::int64_t narrowest = 4, widest = 8; ///< edge of a block [bricks]
constexpr std::int64_t fewest = 4;                ///< by default
constexpr std::int64_t cost = 9;                  ///< of a block, of cells solved per voxel

/// The part after the point of (i + 1/2) times these three (powers of 1/1.2207..., the root of t^4 = t + 1) fills a cube
/// evenly for any number of points.
constexpr PerAxis<double> steps{0.8191725133961645, 0.6710436067037893, 0.5497004779019703};

/// Whether a block has nothing outside the sample. Collective.
bool is_all_sample(const image::PoreSpace& pores, const image::Block& block)
{
    const auto count = [&](const image::PoreSpace& space) {
        std::int64_t voxels = 0;
        for (const auto& mask : image::cut_out(space, block).masks) voxels += mask.count();
        return voxels;
    };
    return pores.comm().sum(count(pores.open()) - count(pores)) == 0;
}

} // namespace

std::vector<image::Block> spread_blocks(const Shape& shape, std::int64_t edge, std::int64_t wanted, const Fits& fits)
{
    const auto normal = normal_of_plane(shape);
    PerAxis<std::int64_t> bricks{}, fit{}; // along the normal of a plane, whatever the block has
    std::int64_t places = 1;
    for (const Axis axis : all_axes) {
        bricks[axis] = axis == normal ? edge : shape.along(axis) / brick::edge;
        fit[axis] = bricks[axis] / edge;
        places *= fit[axis];
    }
    std::vector<image::Block> tried, blocks;
    for (std::int64_t i = 0; std::ssize(tried) < places && std::ssize(blocks) < wanted; ++i) {
        PerAxis<std::int64_t> first{};
        for (const Axis axis : all_axes) {
            const double turn = (i + 0.5) * steps[axis];
            const std::int64_t place = (turn - std::floor(turn)) * fit[axis];
            if (fit[axis] > 1)
                first[axis] = (bricks[axis] - edge) * place / (fit[axis] - 1); // the outermost touch the faces
        }
        const image::Block block{{first[Axis::x], first[Axis::y], first[Axis::z]}, edge, normal};
        if (std::find(tried.begin(), tried.end(), block) != tried.end()) continue;
        tried.push_back(block);
        if (!fits || fits(block)) blocks.push_back(block);
    }
    return blocks;
}

std::size_t next_two_cells(std::size_t solved, std::size_t all)
{
    constexpr std::size_t first = 3; // a line through two points has no error
    return std::min(all, std::max(first, solved + std::max<std::size_t>(1, solved / 2)));
}

SampleBlocks choose_blocks(const Shape& shape, std::optional<int> wanted, const Fits& fits)
{
    if (wanted && *wanted == 0) return {};
    const auto normal = normal_of_plane(shape);
    PerAxis<std::int64_t> bricks{}; // along the normal of a plane, whatever the block has
    std::int64_t shortest = std::numeric_limits<std::int64_t>::max();
    for (const Axis axis : all_axes) {
        if (axis == normal) continue;
        bricks[axis] = shape.along(axis) / brick::edge;
        shortest = std::min(shortest, shape.along(axis) / brick::edge);
    }
    const std::int64_t edge = std::clamp(shortest / 4, narrowest, widest);
    if (2 * edge > shortest) return {.blocks = {}, .whole_image = true};
    if (normal) bricks[*normal] = edge;

    const auto volume = bricks[Axis::x] * bricks[Axis::y] * bricks[Axis::z];
    const std::int64_t affordable = volume / (cost * edge * edge * edge);
    return {.blocks = spread_blocks(shape, edge, wanted ? *wanted : std::clamp(affordable, fewest, most_blocks), fits)};
}

SampleBlocks choose_blocks(const image::PoreSpace& pores, std::optional<int> wanted)
{
    if (pores.all_sample()) return choose_blocks(pores.shape(), wanted);
    return choose_blocks(pores.shape(), wanted, [&](const image::Block& block) { return is_all_sample(pores, block); });
}

} // namespace lapilli::property
