// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/grid_steps.hpp"

#include "property/sample_blocks.hpp"
#include "property/time_plan.hpp"

#include <fmt/format.h>

namespace lapilli::property {

namespace {

constexpr double halved = 8; ///< cells of a voxel

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
    const auto blocks = sample.blocks.size();
    const double part = blocks == 0 ? 0 : 1.0 * sample.blocks.front().shape().voxels() / image.voxels();
    const auto likely = work.blocks ? blocks : next_two_cells(0, blocks);
    const auto add = [&](const std::string& property, bool flow, bool with_grid) {
        const auto add_stage = [&](const std::string& name, double cells, int beside = 0, bool needed = true) {
            stages.push_back({name, needed ? cells * work_of_pore(flow) : 0, cells, flow, beside});
        };
        add_stage(property, 1);
        if (!with_grid) return;
        if (work.refine || sample.whole_image) add_stage(on_two_cells(property), halved);
        for (std::size_t b = 0; b < blocks; ++b) add_stage(of_block(property, b, blocks), part, blocks);
        const int beside = likely * (work.segmentation ? 3 : 1);
        for (std::size_t b = 0; b < blocks; ++b) {
            const auto two = on_two_cells(of_block(property, b, blocks));
            add_stage(two, halved * part, beside, b < likely);
            if (!work.segmentation) continue;
            for (const auto growth : {image::Growth::grow, image::Growth::shrink})
                add_stage(with_walls(two, growth), halved * part, beside, b < likely);
        }
    };
    if (work.diffusivity) add("diffusivity", false, !work.several_phases);
    if (work.permeability) add("permeability", true, true);
    return stages;
}

} // namespace lapilli::property
