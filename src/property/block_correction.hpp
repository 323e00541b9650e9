// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/refine.hpp"
#include "property/resolution.hpp"

#include <functional>
#include <span>

namespace lapilli::property {

/// What blocks of an image say of the grid's error.
struct BlockCorrection {
    PerAxis<std::optional<GridCorrection>> axes{}; ///< absent: the image does not percolate, or nobody asked
    BlockValues values;                            ///< of the blocks, by one cell per voxel
    bool converged = true;
};

/// An image whose property has been solved by one cell per voxel.
struct SolvedImage {
    const image::PoreSpace& pores;
    const GridValues& values;
    double order;                             ///< of the error, in the edge of a cell
    std::function<double(double shift)> left; ///< what extrapolation leaves of it, where it changes the value so much
};

/// Solves a property on blocks with sealed sides. By one cell per voxel on all of them; by two cells per voxel edge on all
/// that the user has asked for, or else only on those whose values are nearest to the image's, as many as bring the standard
/// error of the ratio below what extrapolation leaves, or below 1 %. Which these are does not depend on the ranks.
/// Collective; the same bits on any number of ranks.
BlockCorrection measure_blocks(Run& run, const SolvedImage& image, const GridProperty& property,
                               const ResolutionOptions& options, std::span<const image::Block> blocks);

} // namespace lapilli::property
