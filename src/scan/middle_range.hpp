// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"
#include "scan/level_map.hpp"

#include <cstdint>
#include <span>

namespace lapilli::scan {

/// The range in which grey values differ, without those that are rare and far off, such as the marks of a scanner: from the
/// value above a thousandth of the voxels to the one below a thousandth of them, and once that width beyond it on both
/// sides, as far as there are values. All of them where these two are one. The same on any number of ranks. Collective.
/// @param voxels  of this rank, finite. @param values  the least and the largest of all ranks
template <class T>
GreyRange middle_range(const parallel::Communicator& comm, std::span<const T> voxels, const GreyRange& values);

} // namespace lapilli::scan
