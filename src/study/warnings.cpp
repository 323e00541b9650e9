// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/warnings.hpp"

#include "study/voxel_warnings.hpp"

#include <fmt/format.h>

namespace lapilli::study {

namespace {

/// Whether a property was measured along an axis that was not asked for, or not at all.
template <class Property>
bool left_out(const std::optional<Property>& property, Axis axis)
{
    return !property || !property->axes[axis];
}

template <class Property>
void add_not_converged(const std::optional<Property>& property, const char* what, std::vector<std::string>& warnings)
{
    for (const Axis axis : all_axes) {
        if (left_out(property, axis) || property->axes[axis]->converged) continue;
        warnings.push_back(fmt::format("the {} along {} did not converge in {} iterations: its value is the best so far",
                                       what, name(axis), property->axes[axis]->iterations));
    }
}

void add_closed_axes(const Result& result, std::vector<std::string>& warnings)
{
    const char* no_way = result.percolation->boundary == Boundary::sealed ? "connect the two faces of"
                                                                          : "wind around the periodic image along";
    for (const Axis axis : all_axes) {
        if (result.percolation->axes[axis].percolates) continue;
        const bool not_asked = left_out(result.diffusivity, axis) && left_out(result.permeability, axis);
        if ((result.diffusivity || result.permeability) && not_asked) continue;
        warnings.push_back(fmt::format("no pores {} axis {}: nothing is transported along it", no_way, name(axis)));
    }
}

} // namespace

std::string why_no_distances()
{
    return "neither pore sizes nor drainage nor a pore network, since no exact distances are known of voxels with these "
           "edges; expected edges whose squares are in ratios of whole numbers up to 16, such as 1 x 1 x 2 µm; resample the "
           "image to cubes for them";
}

namespace {

/// A label that no voxel has leaves nothing out.
void add_outside(const Result& result, std::vector<std::string>& warnings)
{
    if (!result.outside || result.image.labels.contains(*result.outside)) return;
    warnings.push_back(fmt::format("no voxel of {} has label {}, so nothing of it is outside the sample; its labels are {}",
                                   result.image.description.path, *result.outside, result.image.labels_text()));
}

} // namespace

std::string why_no_sizes(const char* what, bool none, property::Part part)
{
    const bool pores = part == property::Part::pores;
    if (none) return fmt::format("no {}: the image has no {}", what, pores ? "pores" : "solid");
    return fmt::format("no {}: the image is all {}, so that no ball ever ends", what, pores ? "pores" : "solid");
}

std::vector<std::string> warnings_of(const Result& result)
{
    const auto& file = result.image.description;
    auto warnings = file.remarks;
    const auto of_voxels = voxel_warnings(result.voxel_by_user, result.voxel_edges_m, file);
    warnings.insert(warnings.end(), of_voxels.begin(), of_voxels.end());
    if (result.segmentation) {
        const auto of_labels = scan::warnings_of(*result.segmentation);
        warnings.insert(warnings.end(), of_labels.begin(), of_labels.end());
    }
    if (!result.percolation) return warnings;
    add_outside(result, warnings);
    add_closed_axes(result, warnings);
    add_not_converged(result.diffusivity, "diffusivity", warnings);
    add_not_converged(result.permeability, "permeability", warnings);
    if (result.network && normal_of_plane(result.image.shape))
        warnings.emplace_back(
            "the throats of the network are round tubes, which those of a plane are not: its F and k are too "
            "far off to be quoted; take those of diffusivity and permeability");
    if (!result.grids_converged())
        warnings.emplace_back("a solve on the finer grid or on a block did not converge: what is said of the grid is rough");
    return warnings;
}

} // namespace lapilli::study
