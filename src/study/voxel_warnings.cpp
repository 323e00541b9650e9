// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/voxel_warnings.hpp"

#include "format/voxel_size.hpp"
#include "text/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lapilli::study {

std::vector<std::string> voxel_warnings(bool by_user, const std::optional<VoxelEdges>& used,
                                        const format::ImageDescription& file)
{
    constexpr double smallest = 1e-9, largest = 1e-3; // [m], of what images of pores are made with
    std::vector<std::string> warnings;
    const auto& edges = file.voxel_edges_m;
    if (!by_user) warnings = file.voxel_remarks;
    if (by_user && edges && format::differ(*used, *edges))
        warnings.push_back(fmt::format("--voxel says {}, but {} says {}; {}{} are taken, as was said",
                                       text::edges_text(*used), file.path, text::edges_text(*edges),
                                       used->cubic() ? "cubes of " : "voxels of ", text::edges_text(*used)));
    if (!used && file.voxel_remarks.empty())
        warnings.push_back("the voxel size is not known, so lengths are in voxels; give it with --voxel, e.g. --voxel 2um");
    const auto odd = [&](Axis axis) { return used->along(axis) < smallest || used->along(axis) > largest; };
    if (used && std::ranges::any_of(all_axes, odd))
        warnings.push_back(fmt::format("voxels of {} {} are hardly what was meant; {}", text::edges_text(*used),
                                       by_user ? "(--voxel)" : "(by " + file.path + ")",
                                       by_user ? "check the unit" : "give the size with --voxel if it is wrong"));
    return warnings;
}

} // namespace lapilli::study
