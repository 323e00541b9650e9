// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/resolution.hpp"

#include "image/grow.hpp"
#include "image/mean_chord.hpp"
#include "image/refine.hpp"
#include "image/wall_steps.hpp"
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

/// What a measurement works with.
struct Task {
    Run& run;
    const image::PoreSpace& pores;
    const GridProperty& property;
    double order; ///< of the error
};

/// Cells to solve on.
struct Cells {
    std::string step; ///< of the property; no other solve of the run has this name
    Shape shape;
    Boundary beyond = Boundary::sealed;
    double unit = 1; ///< of the values, in units of voxels
};

/// Passes on the events of a solve in units of voxels.
Progress in_voxels(const Progress& progress, double unit)
{
    if (!progress) return {};
    return [&progress, unit](ProgressEvent event) {
        event.value *= unit;
        event.bound *= unit;
        progress(event);
    };
}

GridValues solve(const Task& task, const Cells& cells, image::BrickSet bricks)
{
    const image::PoreSpace pores(task.pores.comm(), cells.shape, std::move(bricks), cells.beyond, task.pores.edges());
    Run run{.memory = task.run.memory, // the stages of the image stay its own
            .progress = in_voxels(task.run.progress, cells.unit),
            .solves = cells.step};
    auto values = task.property.solve(run, pores);
    std::ranges::move(run.solve_times, std::back_inserter(task.run.solve_times));
    for (auto& axis : values.axes)
        if (axis) axis->value *= cells.unit;
    if (values.tensor) *values.tensor *= cells.unit;
    return values;
}

/// Two cells per voxel edge.
Cells refined(const Task& task, const std::string& step, const Shape& voxels, Boundary beyond)
{
    return {on_two_cells(step), image::refined(voxels), beyond, 1 / task.property.of_two_cells};
}

PerAxis<std::optional<TwoGrid>> compare(double order, const GridValues& one, const GridValues& two)
{
    PerAxis<std::optional<TwoGrid>> pairs;
    for (const Axis axis : all_axes) {
        const auto& coarse = one.axes[axis];
        if (!coarse) continue;
        const auto& fine = *two.axes[axis];
        pairs[axis] = TwoGrid{coarse->value,         fine.value, order, fine.converged, fine.error_estimate, fine.iterations,
                              coarse->error_estimate};
    }
    return pairs;
}

void refine_image(const Task& task, const GridValues& values, Resolution& result)
{
    const auto cells = refined(task, task.property.name, task.pores.shape(), task.pores.beyond());
    const auto fine = solve(task, cells, image::refine(image::owned(task.pores)));
    result.two_grid = compare(task.order, values, fine);
    result.tensor_2 = fine.tensor;
    result.converged = result.converged && fine.converged;
}

/// Sums over the blocks, by axis, of the values by two cells per voxel edge.
struct Segmentation {
    PerAxis<double> grown{}, as_is{}, shrunk{};

    static void add(const GridValues& values, PerAxis<double>& to)
    {
        for (const Axis axis : all_axes)
            if (values.axes[axis]) to[axis] += values.axes[axis]->value;
    }
    std::optional<double> sensitivity(Axis axis) const
    {
        if (as_is[axis] == 0) return std::nullopt;
        return (grown[axis] - shrunk[axis]) / (2 * as_is[axis]);
    }
};

/// Solves on a block's cells with its pores grown and shrunk by one cell, or by other thresholds.
void shift_walls(const Task& task, const Cells& cells, const image::BrickSet& bricks, const image::Block& block,
                 const ResolutionOptions& options, Segmentation& sums)
{
    for (const auto growth : {image::Growth::grow, image::Growth::shrink}) {
        const bool grow = growth == image::Growth::grow;
        const auto* other = grow ? options.wider : options.narrower;
        auto shifted = cells;
        shifted.step = with_walls(cells.step, growth);
        const auto values = solve(task, shifted,
                                  other ? image::refine(image::cut_out(*other, block))
                                        : image::grown(task.pores.comm(), cells.shape, bricks, growth));
        Segmentation::add(values, grow ? sums.grown : sums.shrunk);
    }
}

void sample(const Task& task, const GridValues& values, const std::vector<image::Block>& blocks,
            const ResolutionOptions& options, Resolution& result)
{
    PerAxis<std::vector<std::optional<TwoGrid>>> pairs;
    Segmentation walls;
    result.blocks.edge_voxels = blocks.front().bricks * brick::edge;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const auto step = of_block(task.property.name, b, blocks.size());
        const auto shape = blocks[b].shape();
        const auto bricks = image::cut_out(task.pores, blocks[b]);
        const auto one = solve(task, {step, shape}, bricks);
        const auto cells = refined(task, step, shape, Boundary::sealed);
        const auto fine = image::refine(bricks);
        const auto two = solve(task, cells, fine);
        Segmentation::add(two, walls.as_is);
        if (options.segmentation) shift_walls(task, cells, fine, blocks[b], options, walls);
        result.converged = result.converged && one.converged && two.converged;
        result.blocks.add(one);
        const auto pair = compare(task.order, one, two);
        for (const Axis axis : all_axes) pairs[axis].push_back(pair[axis]);
    }
    for (const Axis axis : all_axes) {
        if (!values.axes[axis]) continue;
        auto& correction = result.correction[axis].emplace(correction_of(pairs[axis]));
        if (options.segmentation) correction.segmentation = walls.sensitivity(axis);
        correction.edge_voxels = blocks.front().bricks * brick::edge;
    }
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

GridCorrection correction_of(const std::vector<std::optional<TwoGrid>>& blocks)
{
    GridCorrection c;
    double one = 0, extrapolated = 0, errors_one = 0, errors = 0;
    for (const auto& block : blocks) {
        ++(block ? c.blocks : c.left_out);
        if (!block) continue;
        one += block->one;
        extrapolated += block->extrapolated();
        errors_one += block->one * block->error_estimate_one;
        errors += block->extrapolated_error();
    }
    if (c.blocks == 0) return c;
    c.ratio = extrapolated / one;
    c.error_estimate = errors / std::abs(extrapolated) + errors_one / one;
    const double all = blocks.size(), mean = one / all;
    double ratios = 0, deviations = c.left_out * mean * mean;
    for (const auto& block : blocks) {
        if (!block) continue;
        ratios += block->one * std::pow(block->extrapolated() / block->one - *c.ratio, 2);
        deviations += std::pow(block->one - mean, 2);
    }
    if (c.blocks > 1) c.spread = std::sqrt(ratios / one * c.blocks / (c.blocks - 1));
    if (blocks.size() > 1) c.sample = std::sqrt(deviations / (all - 1) / all) / mean;
    return c;
}

double TwoGrid::extrapolated() const { return two + (two - one) / (std::exp2(order) - 1); }

double TwoGrid::extrapolated_error() const
{
    const double part = 1 / (std::exp2(order) - 1);
    return (1 + part) * two * error_estimate + part * one * error_estimate_one;
}

Resolution measure_resolution(Run& run, const image::PoreSpace& pores, const GridValues& values,
                              const GridProperty& property, const ResolutionOptions& options)
{
    Resolution result{.mean_chord = {image::mean_chords(pores)}, .order = property.order};
    if (std::none_of(values.axes.begin(), values.axes.end(), [](const auto& axis) { return axis.has_value(); }))
        return result;
    const auto walls = image::walls_of(pores);
    if (!walls.steps) result.order = property.flat_order;
    const Task task{run, pores, property, result.order};
    auto chosen = choose_blocks(pores, options.refine && !options.blocks ? std::optional(0) : options.blocks);
    if (options.refine || chosen.whole_image) {
        run.watch.start(property.name + "_two_grid");
        refine_image(task, values, result);
    }
    if (chosen.whole_image)
        for (const Axis axis : all_axes)
            if (const auto& pair = result.two_grid[axis]) result.correction[axis] = correction_of({pair});
    if (!chosen.blocks.empty()) {
        run.watch.start(property.name + "_blocks");
        sample(task, values, chosen.blocks, options, result);
    }
    for (const Axis axis : all_axes) {
        result.withheld[axis] = reason_to_withhold(result, axis);
        if (const auto shift = shift_of(result, axis))
            result.left[axis] = property.left(
                {*shift, narrowest(result, pores.shape()), porosity(pores), normal_of_plane(pores.shape()).has_value()},
                walls);
    }
    run.watch.stop();
    return result;
}

} // namespace lapilli::property
