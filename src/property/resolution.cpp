// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/resolution.hpp"

#include "image/grow.hpp"
#include "image/mean_chord.hpp"
#include "image/refine.hpp"
#include "property/sample_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace lapilli::property {

namespace {

constexpr double cells2 = 4; ///< cells² in a voxel²

/// What a measurement works with.
struct Task {
    const image::PoreSpace& pores;
    PermeabilityOptions solver; ///< without those who wait for fields
    const Progress& progress;
};

/// Passes on the events of a solve as those of `stage`, in voxel².
Progress renamed(const Progress& progress, const std::string& stage, double per_voxel2)
{
    if (!progress) return {};
    return [&progress, stage, per_voxel2](ProgressEvent event) {
        event.stage = stage;
        event.value /= per_voxel2;
        event.bound /= per_voxel2;
        progress(event);
    };
}

/// What is solved on: cells of a size, under a name that no other solve of the run has.
struct Cells {
    std::string name;
    Shape shape;
    Boundary beyond = Boundary::sealed;
};

Permeability solve(const Task& task, const Cells& cells, image::BrickSet bricks, const Progress& progress)
{
    const image::PoreSpace pores(task.pores.comm(), cells.shape, std::move(bricks), cells.beyond);
    parallel::Stopwatch watch; // the stages of the image itself stay its own
    auto solver = task.solver;
    solver.steps.property = cells.name;
    return measure_permeability(pores, image::connect(pores), solver, watch, progress);
}

/// k(1) and k(2) of the axes that were asked for.
std::array<std::optional<TwoGrid>, 3> compare(const Permeability& one, const Permeability& two)
{
    std::array<std::optional<TwoGrid>, 3> pairs;
    for (std::size_t a = 0; a < 3; ++a) {
        if (!one.axes[a] || !one.axes[a]->percolates) continue;
        const auto& fine = *two.axes[a];
        pairs[a] = TwoGrid{one.axes[a]->voxel2, fine.voxel2 / cells2, fine.converged, fine.error_estimate, fine.iterations};
    }
    return pairs;
}

void refine_image(const Task& task, const Permeability& k, Resolution& result)
{
    const std::string name = "permeability, two cells per voxel";
    const auto fine = solve(task, {name, image::refined(task.pores.shape()), task.pores.beyond()},
                            image::refine(image::owned(task.pores)), renamed(task.progress, name, cells2));
    result.two_grid = compare(k, fine);
    result.converged = result.converged && fine.converged();
    if (!fine.tensor) return;
    result.tensor_2 = fine.tensor->voxel2;
    for (auto& row : *result.tensor_2)
        for (auto& value : row) value /= cells2;
}

/// @param blocks  k(1) and k(2) of each block; absent: it does not percolate
GridCorrection correction_of(const std::vector<std::optional<TwoGrid>>& blocks)
{
    GridCorrection c;
    double one = 0, extrapolated = 0;
    for (const auto& block : blocks) {
        ++(block ? c.blocks : c.left_out);
        if (!block) continue;
        one += block->voxel2_1;
        extrapolated += block->extrapolated();
    }
    if (c.blocks == 0) return c;
    c.ratio = extrapolated / one;
    const double all = static_cast<double>(blocks.size()), mean = one / all;
    double ratios = 0, deviations = static_cast<double>(c.left_out) * mean * mean;
    for (const auto& block : blocks) {
        if (!block) continue;
        ratios += block->voxel2_1 * std::pow(block->extrapolated() / block->voxel2_1 - *c.ratio, 2);
        deviations += std::pow(block->voxel2_1 - mean, 2);
    }
    if (c.blocks > 1) c.spread = std::sqrt(ratios / one * c.blocks / (c.blocks - 1));
    if (blocks.size() > 1) c.sample = std::sqrt(deviations / (all - 1) / all) / mean;
    return c;
}

/// Sums over the blocks, by axis, of k on the refined grid [cells²].
struct Segmentation {
    std::array<double, 3> grown{}, as_is{}, shrunk{};

    static void add(const Permeability& k, std::array<double, 3>& to)
    {
        for (std::size_t a = 0; a < 3; ++a)
            if (k.axes[a]) to[a] += k.axes[a]->voxel2;
    }
    std::optional<double> sensitivity(std::size_t axis) const
    {
        if (as_is[axis] == 0) return std::nullopt;
        return (grown[axis] - shrunk[axis]) / (2 * as_is[axis]);
    }
};

/// Solves on a block's refined bricks with its pores grown and shrunk by one cell.
void shift_walls(const Task& task, const Cells& cells, const image::BrickSet& bricks, const Progress& progress,
                 Segmentation& sums)
{
    for (const auto growth : {image::Growth::grow, image::Growth::shrink}) {
        const bool grow = growth == image::Growth::grow;
        const Cells shifted{cells.name + (grow ? ", grown" : ", shrunk"), cells.shape};
        const auto k = solve(task, shifted, image::grown(task.pores.comm(), cells.shape, bricks, growth), progress);
        Segmentation::add(k, grow ? sums.grown : sums.shrunk);
    }
}

void sample(const Task& task, const Permeability& k, const std::vector<image::Block>& blocks, bool segmentation,
            Resolution& result)
{
    std::array<std::vector<std::optional<TwoGrid>>, 3> pairs;
    Segmentation walls;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const auto& block = blocks[b];
        const auto stage = fmt::format("permeability of block {} of {}", b + 1, blocks.size());
        const auto bricks = image::cut_out(task.pores, block);
        const auto one = solve(task, {stage, block.shape()}, bricks, renamed(task.progress, stage, 1));
        const Cells cells{stage + ", two cells per voxel", image::refined(block.shape())};
        const auto fine = image::refine(bricks);
        const auto fine_progress = renamed(task.progress, stage, cells2);
        const auto two = solve(task, cells, fine, fine_progress);
        Segmentation::add(two, walls.as_is);
        if (segmentation) shift_walls(task, cells, fine, fine_progress, walls);
        result.converged = result.converged && one.converged() && two.converged();
        const auto pair = compare(one, two);
        for (std::size_t a = 0; a < 3; ++a) pairs[a].push_back(pair[a]);
    }
    for (std::size_t a = 0; a < 3; ++a) {
        if (!k.axes[a] || !k.axes[a]->percolates) continue;
        result.correction[a] = correction_of(pairs[a]);
        if (segmentation) result.correction[a]->segmentation = walls.sensitivity(a);
        result.correction[a]->edge_voxels = blocks.front().bricks * brick::edge;
    }
}

} // namespace

Resolution measure_resolution(const image::PoreSpace& pores, const Permeability& k, const PermeabilityOptions& solver,
                              const ResolutionOptions& options, parallel::Stopwatch& watch, const Progress& progress)
{
    const Task task{pores,
                    {.axes = solver.axes,
                     .walls = solver.walls,
                     .accuracy = solver.accuracy,
                     .max_iterations = solver.max_iterations,
                     .steps = solver.steps},
                    progress};
    Resolution result{.mean_chord = image::mean_chords(pores)};
    if (!k.percolates()) return result;
    auto chosen = choose_blocks(pores.shape(), options.refine && !options.blocks ? std::optional(0) : options.blocks);
    if (options.refine || chosen.whole_image) {
        watch.start("flow, two cells per voxel");
        refine_image(task, k, result);
    }
    if (chosen.whole_image)
        for (std::size_t a = 0; a < 3; ++a)
            if (result.two_grid[a]) result.correction[a] = correction_of({result.two_grid[a]});
    if (!chosen.blocks.empty()) {
        watch.start("grid correction");
        sample(task, k, chosen.blocks, options.segmentation, result);
    }
    watch.stop();
    return result;
}

} // namespace lapilli::property
