// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/resolution.hpp"

#include "image/mean_chord.hpp"
#include "image/refine.hpp"
#include "image/wall_steps.hpp"
#include "property/block_correction.hpp"
#include "property/grid_steps.hpp"
#include "property/sample_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace lapilli::property {

namespace {

void refine_image(Run& run, const image::PoreSpace& pores, const GridValues& values, const GridProperty& property,
                  Resolution& result)
{
    const image::PoreSpace cells(pores.comm(), image::refined(pores.shape()), image::refine(image::owned(pores)),
                                 pores.beyond(), pores.edges());
    Run own{.memory = run.memory, // the stages of the image stay its own
            .progress = run.progress,
            .solves = on_two_cells(property.name)};
    const auto fine = property.solve_halved(own, cells, property.accuracy);
    std::ranges::move(own.solve_times, std::back_inserter(run.solve_times));
    for (const Axis axis : all_axes)
        if (const auto& one = values.axes[axis]) result.two_grid[axis] = two_grid(*one, *fine.axes[axis], result.order);
    result.tensor_2 = fine.tensor;
    result.converged = result.converged && fine.converged;
}

/// Where what was measured gives no value that could be used.
std::string reason_to_withhold(const Resolution& result, Axis axis)
{
    const auto& correction = result.correction[axis];
    const auto& pair = result.two_grid[axis];
    if (!pair && correction && !correction->ratio) return fmt::format("none of {} blocks percolates", correction->left_out);
    if ((pair && pair->extrapolated() <= 0) || (!pair && correction && *correction->ratio <= 0))
        return "the finer grid changes it so much that infinitely small cells cannot be told from it";
    return {};
}

/// What extrapolation changes of the value along an axis, relative; absent: there is none.
std::optional<double> shift_of(const Resolution& result, Axis axis)
{
    if (const auto& pair = result.two_grid[axis]) return pair->extrapolated() / pair->one - 1;
    if (const auto& correction = result.correction[axis]; correction && correction->ratio) return *correction->ratio - 1;
    return std::nullopt;
}

/// Of the sample.
double porosity(const image::PoreSpace& pores)
{
    const double voxels = pores.shape().voxels(), outside = pores.open().total_pores() - pores.total_pores();
    return pores.total_pores() / (voxels - outside);
}

/// Across a plane, one voxel says nothing.
double narrowest(const Resolution& result, const Shape& shape)
{
    const auto normal = normal_of_plane(shape);
    double chord = std::numeric_limits<double>::max();
    for (const Axis axis : all_axes)
        if (axis != normal) chord = std::min(chord, result.mean_chord[axis]);
    return chord;
}

} // namespace

Resolution measure_resolution(Run& run, const image::PoreSpace& pores, const GridValues& values,
                              const GridProperty& property, const ResolutionOptions& options)
{
    Resolution result{.mean_chord = {image::mean_chords(pores)}, .order = property.order};
    if (std::none_of(values.axes.begin(), values.axes.end(), [](const auto& axis) { return axis.has_value(); }))
        return result;
    const auto walls = image::walls_of(pores);
    if (!walls.steps) result.order = property.flat_order;
    const auto left = [&](double shift) {
        const bool plane = normal_of_plane(pores.shape()).has_value();
        return property.left({shift, narrowest(result, pores.shape()), porosity(pores), plane}, walls);
    };
    const auto chosen = choose_blocks(pores, options.refine && !options.blocks ? std::optional(0) : options.blocks);
    if (options.refine || chosen.whole_image) {
        run.watch.start(property.name + "_two_grid");
        refine_image(run, pores, values, property, result);
    }
    if (chosen.whole_image)
        for (const Axis axis : all_axes)
            if (const auto& pair = result.two_grid[axis]) result.correction[axis] = correction_of(*pair);
    if (!chosen.blocks.empty()) {
        run.watch.start(property.name + "_blocks");
        const auto found = measure_blocks(run, {pores, values, result.order, left}, property, options, chosen.blocks);
        result.correction = found.axes;
        result.blocks = found.values;
        result.converged = result.converged && found.converged;
    }
    for (const Axis axis : all_axes) {
        result.withheld[axis] = reason_to_withhold(result, axis);
        if (const auto shift = shift_of(result, axis)) result.left[axis] = left(*shift);
    }
    run.watch.stop();
    return result;
}

} // namespace lapilli::property
