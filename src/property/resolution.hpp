// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/grid_property.hpp"
#include "property/quantity.hpp"

#include <cstdint>
#include <optional>
#include <string>
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

/// The two-grid value of sampled blocks over that of one cell per voxel: what the image's own is to be multiplied by.
struct GridCorrection {
    int blocks = 0;                          ///< that percolate along the axis, and were used
    int left_out = 0;                        ///< that do not percolate
    std::optional<std::int64_t> edge_voxels; ///< absent: the whole image was the block
    std::optional<double> ratio;             ///< of means, so that nearly closed blocks do not count; absent: no block
    std::optional<double> spread;            ///< standard deviation of the blocks' ratios, weighted by value; from 2 blocks
    std::optional<double> sample;            ///< relative standard error of the blocks' mean value, closed ones as 0
    std::optional<double> error_estimate;    ///< relative, what the solver's errors in the blocks can make in the ratio
    /// Relative half of what the value of two cells per voxel edge changes by where the pores are grown and shrunk by half a
    /// voxel or, of an image that was segmented, by the thresholds moved by a step; absent: not asked for.
    std::optional<double> segmentation;

    static constexpr auto quantities()
    {
        using Blocks = GridCorrection;
        return std::tuple{
            Quantity{"blocks", "", "that percolate along the axis, and were used", &Blocks::blocks, "{}_correction_blocks"},
            Quantity{"blocks_left_out", "", "that do not percolate", &Blocks::left_out, "{}_correction_blocks_left_out"},
            Quantity{"edge_voxels", "voxel", "of a block; null: the whole image was the block", &Blocks::edge_voxels,
                     "{}_correction_edge_voxels"},
            Quantity{"ratio", "1", "of the value without error of the grid to that of one cell per voxel", &Blocks::ratio,
                     "{}_correction_ratio"},
            Quantity{"spread", "1", "standard deviation of the blocks' ratios, weighted by value", &Blocks::spread,
                     "{}_correction_spread"},
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

/// What blocks say together. @param blocks  both values of each block; absent: it does not percolate
GridCorrection correction_of(const std::vector<std::optional<TwoGrid>>& blocks);

struct ResolutionOptions {
    bool refine = false;       ///< solve on 2x2x2 cells per voxel, too
    std::optional<int> blocks; ///< to measure the correction on; absent: what costs no more than the solve itself; 0: none
    bool segmentation = false; ///< measure on the blocks what half a voxel more or less of pores does, too
    /// The pores by other thresholds, instead of half a voxel more or less of them; null: not known.
    const image::PoreSpace* wider = nullptr;
    const image::PoreSpace* narrower = nullptr;
};

/// A property of cubes of one size, along each axis, by one cell per voxel; 0 of those that do not percolate.
struct BlockValues {
    std::int64_t edge_voxels = 0; ///< 0: there are none
    PerAxis<std::vector<double>> values{};

    void add(const GridValues& found)
    {
        for (const Axis axis : all_axes) values[axis].push_back(found.axes[axis] ? found.axes[axis]->value : 0);
    }
};

/// What is known of the error that the voxels make in a property.
struct Resolution {
    PerAxis<double> mean_chord{};                        ///< of all pores [voxel]
    PerAxis<std::optional<TwoGrid>> two_grid{};          ///< absent: not solved on the finer grid
    std::optional<Tensor> tensor_2;                      ///< of a periodic image, by two cells per voxel edge
    PerAxis<std::optional<GridCorrection>> correction{}; ///< absent: not measured, or the axis does not percolate
    PerAxis<double> left{};                              ///< relative, of the error after extrapolation
    PerAxis<std::string> withheld{};                     ///< why what was measured is not to correct the value; empty: it is
    BlockValues blocks;                                  ///< that were solved
    bool converged = true;
    double order = 1; ///< of the error, for tensors
};

/// Measures what the grid does to `values`, a property of the image. Blocks are solved with sealed sides, all ranks working
/// on each. Collective; the same bits on any number of ranks.
Resolution measure_resolution(Run& run, const image::PoreSpace& pores, const GridValues& values,
                              const GridProperty& property, const ResolutionOptions& options);

} // namespace lapilli::property
