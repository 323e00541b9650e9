// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/permeability.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace lapilli::property {

/// One cell per voxel makes a permeability too large by an error that is first order in the cell's edge (a third on rock),
/// so the value of cells half as wide, k(2), gives the value of infinitely small ones: 2 k(2) - k(1).
struct TwoGrid {
    double voxel2_1 = 0; ///< k(1) [voxel²]
    double voxel2_2 = 0; ///< k(2) [voxel²], of voxels, not of cells
    bool converged = true;
    double error_estimate = 0; ///< relative, of the solver in k(2)
    int iterations = 0;
    double extrapolated() const { return 2 * voxel2_2 - voxel2_1; }
};

/// The two-grid value of sampled blocks over their k(1): what the k(1) of the image is to be multiplied by.
struct GridCorrection {
    int blocks = 0;                          ///< that percolate along the axis, and were used
    int left_out = 0;                        ///< that do not percolate
    std::optional<std::int64_t> edge_voxels; ///< absent: the whole image was the block
    std::optional<double> ratio;             ///< of means, so that nearly closed blocks do not count; absent: no block
    std::optional<double> spread;            ///< standard deviation of the blocks' ratios, weighted by k(1); from 2 blocks
    std::optional<double> sample;            ///< relative standard error of the blocks' mean k(1), closed ones as 0
    /// Relative half of what k(2) changes by where the pores are grown and shrunk by half a voxel; absent: not asked for.
    std::optional<double> segmentation;
};

struct ResolutionOptions {
    bool refine = false;       ///< solve on 2x2x2 cells per voxel, too
    std::optional<int> blocks; ///< to measure the correction on; absent: what costs no more than the solve itself; 0: none
    bool segmentation = false; ///< measure on the blocks what half a voxel more or less of pores does, too
};

/// What is known of the error that the voxels make in the permeability.
struct Resolution {
    std::array<double, 3> mean_chord{};                        ///< of all pores along x, y, z [voxel]
    std::array<std::optional<TwoGrid>, 3> two_grid{};          ///< absent: not solved on the finer grid
    std::optional<Tensor> tensor_2;                            ///< k(2) of a periodic image [voxel²]
    std::array<std::optional<GridCorrection>, 3> correction{}; ///< absent: not measured, or the axis does not percolate
    bool converged = true;
};

/// Measures what the grid does to the permeability `k` of the image. Blocks are solved with sealed sides, all ranks working
/// on each. Collective; the same bits on any number of ranks.
Resolution measure_resolution(const image::PoreSpace& pores, const Permeability& k, const PermeabilityOptions& solver,
                              const ResolutionOptions& options, parallel::Stopwatch& watch, const Progress& progress = {});

} // namespace lapilli::property
