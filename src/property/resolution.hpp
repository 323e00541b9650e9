// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/grid_correction.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::property {

struct ResolutionOptions {
    bool refine = false;       ///< solve on 2x2x2 cells per voxel, too
    std::optional<int> blocks; ///< to measure the correction on, all of them on both grids; absent: as many as it needs
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

/// Measures what the grid does to `values`, a property of the image. Collective; the same bits on any number of ranks.
Resolution measure_resolution(Run& run, const image::PoreSpace& pores, const GridValues& values,
                              const GridProperty& property, const ResolutionOptions& options);

} // namespace lapilli::property
