// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"

namespace lapilli::format {

/// A variable of a netCDF file of version 3 (classic, 64-bit offsets and 64-bit data), by its name if there are several
/// images. Axes are z, y, x. The voxel size is that of `voxel_size_xyz` and `voxel_unit`, as Mango writes them, or of
/// coordinates along the axes with `units`. Version 4 is HDF5.
std::unique_ptr<ImageReader> open_netcdf(Candidate candidate);

} // namespace lapilli::format
