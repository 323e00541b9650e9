// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/grid_property.hpp"
#include "property/quantity.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace lapilli::property {

/// A value by one cell per voxel edge and by two, in units of voxels; both err by a power of the edge of their cells.
struct TwoGrid {
    double one = 0;
    double two = 0;
    double order = 1; ///< that power
    bool converged = true;
    double error_estimate = 0; ///< relative, of the solver in `two`
    int iterations = 0;
    double error_estimate_one = 0; ///< of the solver in `one`
    /// By infinitely small cells: 2 two - one in the first order.
    double extrapolated() const;
    /// What the solver's errors in both values can make in it, in its unit.
    double extrapolated_error() const;

    static constexpr auto quantities()
    {
        return std::tuple{
            Quantity{"order", "", "of the error of both, in the edge of a cell", &TwoGrid::order},
            Quantity{"converged", "", "the solve on the finer grid has reached its accuracy", &TwoGrid::converged,
                     "{}_fine_converged"},
            Quantity{"solver_error_estimate_2", "1", "what the solver leaves of an error on the finer grid, relative",
                     &TwoGrid::error_estimate, "{}_fine_solver_error_estimate"},
            Quantity{"iterations_2", "", "of the solver on the finer grid", &TwoGrid::iterations, "{}_fine_iterations"},
        };
    }
};
TwoGrid two_grid(const GridValue& one, const GridValue& two, double order);

/// What the value of an image by one cell per voxel is to be multiplied by, as blocks of it tell.
struct GridCorrection {
    int blocks = 0;                          ///< that percolate along the axis: by one cell per voxel
    int two_cells = 0;                       ///< of these by two cells per voxel edge, too
    int left_out = 0;                        ///< that do not percolate
    std::optional<std::int64_t> edge_voxels; ///< absent: the whole image was the block
    std::optional<double> ratio;             ///< at the image's own value; absent: no block
    std::optional<double> spread;            ///< standard deviation of the blocks' ratios from their line
    std::optional<double> standard_error;    ///< of the ratio, relative; as the spread absent where there are too few
    std::optional<double> sample;            ///< relative standard error of the blocks' mean value, closed ones as 0
    std::optional<double> error_estimate;    ///< relative, what the solver's errors in the blocks can make in the ratio
    /// Relative half of what the value of two cells per voxel edge changes by where the pores are grown and shrunk by half a
    /// voxel or, of an image that was segmented, by the thresholds moved by a step; absent: not asked for.
    std::optional<double> segmentation;

    static constexpr auto quantities()
    {
        using Blocks = GridCorrection;
        return std::tuple{
            Quantity{"blocks", "", "that percolate along the axis, solved by one cell per voxel", &Blocks::blocks,
                     "{}_correction_blocks"},
            Quantity{"blocks_two_cells", "", "of these, solved by two cells per voxel edge, too: the ratio rests on them",
                     &Blocks::two_cells, "{}_correction_blocks_two_cells"},
            Quantity{"blocks_left_out", "", "that do not percolate", &Blocks::left_out, "{}_correction_blocks_left_out"},
            Quantity{"edge_voxels", "voxel", "of a block; null: the whole image was the block", &Blocks::edge_voxels,
                     "{}_correction_edge_voxels"},
            Quantity{"ratio", "1", "of the value without error of the grid to that of one cell per voxel", &Blocks::ratio,
                     "{}_correction_ratio"},
            Quantity{"spread", "1", "standard deviation of the blocks' ratios from their line, weighted by value",
                     &Blocks::spread, "{}_correction_spread"},
            Quantity{"standard_error", "1", "of the ratio, as so few blocks tell it, relative", &Blocks::standard_error,
                     "{}_correction_standard_error"},
            Quantity{"sample", "1", "relative standard error of the blocks' mean value", &Blocks::sample,
                     "{}_correction_sample"},
            Quantity{"segmentation", "1",
                     "what half a voxel more or less of pores on every side changes, or other thresholds, relative",
                     &Blocks::segmentation, "{}_correction_segmentation"},
            Quantity{"solver_error_estimate", "1", "what the solver leaves of an error in the ratio, relative",
                     &Blocks::error_estimate, "{}_correction_solver_error_estimate"},
        };
    }
};

/// What was solved of a block along an axis on which it percolates.
struct BlockAlong {
    GridValue one;
    std::optional<GridValue> two; ///< absent: not solved on the finer grid
};
/// Along each axis; absent: a block that does not percolate.
using SolvedBlocks = PerAxis<std::vector<std::optional<BlockAlong>>>;

/// What blocks say of an image. The ratio of a block depends on how wide its passages are, and so on its value by one cell
/// per voxel: ratios of all axes are fitted by a line in the logarithm of the value, r = a + b ln(one), each weighted by its
/// value over the mean along the axis, so that nearly closed blocks do not count. The image has the ratio of the line at its
/// own value: it lets through what its tightest passages do, not what its blocks do on average. |b| is at most half of what
/// the mean ratio is off 1: the error falls with the width of a passage, and what goes through it rises at least with the
/// square.
///
/// The standard error is that of a regression of n blocks, s t (1/n + (ln(one) - mean)² / variance / n)^(1/2), s the spread
/// and t Student's factor.
/// @param image  its own values by one cell per voxel
/// @param order  of the error
PerAxis<std::optional<GridCorrection>> corrections_of(const SolvedBlocks& blocks, const GridValues& image, double order);

/// Of an image that is its own only block.
GridCorrection correction_of(const TwoGrid& image);

} // namespace lapilli::property
