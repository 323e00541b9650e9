// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/refine.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace lapilli::property {

/// Cubes, or squares of a two-dimensional image, that stand for the whole image: disjoint, spread evenly over it.
struct SampleBlocks {
    std::vector<image::Block> blocks;
    bool whole_image = false; ///< too small an image for blocks: it is its own only one
};

inline constexpr std::int64_t most_blocks = 27;

/// Whether a block may be one.
using Fits = std::function<bool(const image::Block&)>;

/// Cubes of so many bricks along their edge, spread evenly over the full bricks of an image, disjoint: as many as are
/// wanted, or as fit side by side. @param fits  absent: all do
std::vector<image::Block> spread_blocks(const Shape& shape, std::int64_t edge, std::int64_t wanted, const Fits& fits = {});

/// How many of some blocks are solved on the finer grid, too, before it is asked whether they are enough: a few, then more.
/// @param solved  that were not enough
std::size_t next_two_cells(std::size_t solved, std::size_t all);

/// Blocks with an edge of 64 to 128 voxels, a quarter of the shortest extent if that lies between. Solving them with one and
/// with two cells per voxel edge costs 1 + 8 times their volume (in two dimensions, too: two layers of cells), so there are
/// by default as many as make that the volume of the image, but at least 4 and at most 27; never more than fit side by side.
/// The whole image instead, where a block would be wider than half of it. The same for any number of ranks.
/// @param wanted  number of blocks; absent: the default; 0: none
SampleBlocks choose_blocks(const Shape& shape, std::optional<int> wanted, const Fits& fits = {});
/// Those that have nothing outside the sample. Collective.
SampleBlocks choose_blocks(const image::PoreSpace& pores, std::optional<int> wanted);

} // namespace lapilli::property
