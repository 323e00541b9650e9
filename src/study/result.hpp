// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"
#include "image/read.hpp"
#include "parallel/resources.hpp"
#include "property/diffusivity.hpp"
#include "property/drainage.hpp"
#include "property/interfaces.hpp"
#include "property/network.hpp"
#include "property/percolation.hpp"
#include "property/permeability.hpp"
#include "property/pore_size.hpp"
#include "property/resolution.hpp"
#include "property/rev.hpp"
#include "scan/file_values.hpp"
#include "scan/segment.hpp"
#include "solve/checkpoints.hpp"
#include "study/plan.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace lapilli::study {

/// Everything one run found out: what result.json holds and the table shows.
struct Result {
    image::LabelledImage image;              ///< its bricks are not kept
    std::optional<VoxelEdges> voxel_edges_m; ///< by the user or by the file
    EdgeRatios edge_ratios() const { return voxel_edges_m ? EdgeRatios(*voxel_edges_m) : EdgeRatios(); }
    bool cubic() const { return !voxel_edges_m || voxel_edges_m->cubic(); }
    /// What results are measured in [m]; absent: in voxels.
    std::optional<double> shortest_edge_m() const
    {
        return voxel_edges_m ? std::optional(voxel_edges_m->shortest()) : std::nullopt;
    }
    bool voxel_by_user = false;
    std::optional<scan::FileValues> values;         ///< instead of labels, where only they were asked for
    std::optional<scan::Segmentation> segmentation; ///< absent: the file has labels
    std::vector<std::int32_t> pore;                 ///< labels that take part
    std::optional<std::int32_t> outside;            ///< label of what is no part of the sample
    std::int64_t outside_voxels() const
    {
        const auto found = outside ? image.labels.find(*outside) : image.labels.end();
        return found == image.labels.end() ? 0 : found->second;
    }
    double sample_share() const { return 1 - 1.0 * outside_voxels() / image.shape.voxels(); }
    std::vector<double> conductivity; ///< of these labels, in the same order; empty: all alike
    PerAxis<Crop> crop{};
    std::optional<property::Percolation> percolation;
    std::optional<property::Interfaces> interfaces;
    std::optional<property::PoreSize> pore_size;
    std::optional<property::Drainage> drainage;
    property::Fluids fluids; ///< of the drainage
    std::optional<property::Rev> rev;
    std::optional<property::PoreNetwork> network;
    std::optional<property::Diffusivity> diffusivity;
    std::optional<property::Permeability> permeability;
    std::optional<property::Resolution> diffusivity_grid, permeability_grid; ///< what the grid does to them
    std::optional<Plan> plan; ///< instead of the properties above: nothing was solved
    std::vector<parallel::Stopwatch::Stage> timing;
    std::vector<property::SolveTime> solve_times;
    std::string started, finished;               ///< UTC, see text::utc_now
    std::vector<std::int64_t> peak_memory_bytes; ///< by rank
    int ranks = 1;
    int hosts = 1;
    std::string command;
    nlohmann::ordered_json settings = nlohmann::ordered_json::object(); ///< of each property, by the names of the flags
    std::optional<Checkpoints> checkpoints; ///< absent: a run without a result folder, or without solves
    std::vector<std::string> warnings;
    std::optional<Error> lost_fields; ///< why the fields that were asked for are not in their folder

    bool grids_converged() const
    {
        return (!diffusivity_grid || diffusivity_grid->converged) && (!permeability_grid || permeability_grid->converged);
    }
    bool converged() const
    {
        return (!diffusivity || diffusivity->converged()) && (!permeability || permeability->converged()) &&
               grids_converged();
    }
};

} // namespace lapilli::study
