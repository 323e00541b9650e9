// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/hdf5/hdf5_handle.hpp"
#include "format/voxel_size.hpp"

#include <string>

namespace lapilli::format {

/// The voxel size by attributes of the dataset, else of the group it lies in, else of the file: one number, or three along
/// z, y, x.
/// - voxel_size_m [m], what this program writes;
/// - element_size_um [µm], of ilastik and Fiji's HDF5 plugin;
/// - voxel_size_xyz, along x, y, z in the unit that voxel_unit names, of Mango;
/// - voxel_size or resolution, in the unit that voxel_size_unit (resolution_unit), unit or units names.
/// Else by coordinates along its axes that have `units`, as netCDF-4 has them.
/// Where two of one place contradict each other, or a unit is not known, a remark names them: a size is never invented.
/// @param name  of the dataset, with the leading '/'
VoxelSize hdf5_voxel_size(hid_t dataset, hid_t file, const std::string& name);

} // namespace lapilli::format
