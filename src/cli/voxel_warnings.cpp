// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/voxel_warnings.hpp"

#include "io/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lapilli::cli {

namespace {

bool differs(double edge_m, const VoxelEdges& edges)
{
    constexpr double alike = 0.01; // people round
    return std::ranges::any_of(all_axes, [&](Axis axis) { return std::abs(edges.along(axis) - edge_m) > alike * edge_m; });
}

} // namespace

std::vector<std::string> voxel_warnings(bool by_user, std::optional<double> edge_m, const io::ImageDescription& file)
{
    constexpr double smallest = 1e-9, largest = 1e-3; // [m], of what images of pores are made with
    std::vector<std::string> warnings;
    const auto& edges = file.voxel_edges_m;
    if (!by_user) warnings = file.voxel_remarks;
    if (by_user && edges && differs(*edge_m, *edges))
        warnings.push_back(fmt::format("--voxel says {}, but {} says {}; cubes of {} are taken, as was said",
                                       io::length_text(*edge_m), file.path, io::edges_text(*edges),
                                       io::length_text(*edge_m)));
    if (!edge_m && edges)
        warnings.push_back(
            fmt::format("{} says voxels of {}, which are no cubes, so lengths are in voxels and all results are "
                        "those of cubes; resample the image",
                        file.path, io::edges_text(*edges)));
    if (!edge_m && !edges && file.voxel_remarks.empty())
        warnings.push_back("the voxel size is not known, so lengths are in voxels; give it with --voxel, e.g. --voxel 2um");
    if (edge_m && (*edge_m < smallest || *edge_m > largest))
        warnings.push_back(fmt::format("voxels of {} {} are hardly what was meant; {}", io::length_text(*edge_m),
                                       by_user ? "(--voxel)" : "(by " + file.path + ")",
                                       by_user ? "check the unit" : "give the size with --voxel if it is wrong"));
    return warnings;
}

} // namespace lapilli::cli
