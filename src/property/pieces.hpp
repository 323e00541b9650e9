// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/grow.hpp"
#include "image/refine.hpp"
#include "property/grid_property.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lapilli::property {

/// A cube cut from an image, to be solved on its own with sealed sides; perhaps on two cells per voxel edge, and with its
/// pores grown or shrunk by a cell.
struct Piece {
    std::string step;              ///< no other solve of the run has this name
    const image::PoreSpace* image; ///< of one phase
    image::Block block;
    bool halved = false;
    std::optional<image::Growth> walls{};
};

/// To which accuracy pieces are solved: what they stand for is never known better.
double accuracy_of_pieces(double asked);

/// How many of some pieces are solved side by side. As many as there are ranks, but so few that no group of ranks has more
/// cells to solve on than its share of the image, where the image has been solved itself.
/// @param cells  of the largest piece, over the voxels of the image
int pieces_at_once(double cells, int ranks);

/// A property of each of some pieces, in units of voxels. Each is solved by a group of ranks, of one rank if they suffice;
/// the memory has them one by one. Collective; the same bits on any number of ranks.
std::vector<GridValues> solve_pieces(Run& run, const GridProperty& property, std::span<const Piece> pieces);

} // namespace lapilli::property
