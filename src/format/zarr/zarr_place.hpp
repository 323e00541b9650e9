// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/voxel_size.hpp"
#include "format/zarr/zarr_array.hpp"

#include <string>
#include <vector>

namespace lapilli::format {

/// Whether a folder is an array or a group of Zarr, of any version.
bool is_zarr(const std::string& folder);

/// An array, and what OME's metadata around it say of its axes.
struct ZarrPlace {
    ZarrArray array;
    bool is_ome = false;
    std::vector<std::string> axes;         ///< their names, as many as the array has; empty: nobody says them
    VoxelSize voxel;                       ///< by the scale and the units of the axes
    std::vector<std::string> remarks = {}; ///< what was chosen, a sentence each
};

/// The array that is meant by a folder, and by a path below it: itself; the level of an OME image; the finest level of a
/// group that is an OME image; the only array of a group.
/// @param part  below the folder; empty: the folder itself
/// @throws Error there is none, or several
ZarrPlace zarr_place(const std::string& folder, const std::string& part);

} // namespace lapilli::format
