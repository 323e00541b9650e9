// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/hdf5/hdf5_handle.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace lapilli::format {

/// Whether a dataset is stored as Hdf5Skeleton::add_packed_dataset says: in chunks of that extent, shuffled and deflated.
/// @param type  of its values, as they are stored
bool is_packed_dataset(hid_t dataset, hid_t type, std::span<const hsize_t> chunk);

/// Reads a chunk of such a dataset without unpacking it. Returns its size [bytes]; nothing: it is missing or larger than
/// the room for it, is not packed like the others, or cannot be read. HDF5 says which.
/// @param corner  index of its first value in the dataset
/// @param packed  room for its bytes
std::optional<std::size_t> read_packed_chunk(hid_t dataset, std::span<const hsize_t> corner, std::span<std::byte> packed);

} // namespace lapilli::format
