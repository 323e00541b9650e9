// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/grid_steps.hpp"

#include "property/sample_blocks.hpp"

#include <fmt/format.h>

namespace lapilli::property {

namespace {

constexpr double cells = 8; ///< of a refined voxel

void add_blocks(std::vector<SolveStage>& stages, const std::string& property, double work, bool segmentation,
                std::size_t blocks)
{
    for (std::size_t b = 0; b < blocks; ++b) {
        const auto one = of_block(property, b, blocks);
        const auto two = on_two_cells(one);
        stages.push_back({one, work});
        stages.push_back({two, cells * work});
        if (segmentation)
            for (const auto growth : {image::Growth::grow, image::Growth::shrink})
                stages.push_back({with_walls(two, growth), cells * work});
    }
}

} // namespace

std::string on_two_cells(const std::string& step) { return step + ", two cells per voxel"; }

std::string of_block(const std::string& property, std::size_t block, std::size_t blocks)
{
    return fmt::format("{} of block {} of {}", property, block + 1, blocks);
}

std::string with_walls(const std::string& step, image::Growth growth)
{
    return step + (growth == image::Growth::grow ? ", grown" : ", shrunk");
}

std::vector<SolveStage> solve_stages(const Workload& work, const Shape& image)
{
    std::vector<SolveStage> stages;
    const auto sample = blocks_of(work, image);
    const auto add = [&](const std::string& property, double seconds, bool with_grid) {
        stages.push_back({property, seconds});
        if (!with_grid) return;
        if (work.refine || sample.whole_image) stages.push_back({on_two_cells(property), cells * seconds});
        if (sample.blocks.empty()) return;
        const double part = 1.0 * sample.blocks.front().shape().voxels() / image.voxels();
        add_blocks(stages, property, part * seconds, work.segmentation, sample.blocks.size());
    };
    if (work.diffusivity) add("diffusivity", seconds_per_pore.diffusivity, !work.several_phases);
    if (work.permeability) add("permeability", seconds_per_pore.permeability, true);
    return stages;
}

} // namespace lapilli::property
