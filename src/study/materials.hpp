// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/read.hpp"
#include "study/options.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::study {

/// The labels whose interfaces are to be measured, ascending: those that were named, or all that the image has, for which it
/// is looked through once. Collective.
/// @throws Error on every rank, exit code 2: fewer than two, or more than can be told apart
std::vector<std::int32_t> materials_of(const parallel::Communicator& comm, const image::ImageSource& source,
                                       const Options& options);

/// @throws Error exit code 2: no voxel has one of the labels
void check_materials(const image::LabelledImage& image, const std::vector<std::int32_t>& labels);

/// Phases 1, 2, ... in the order of the labels.
image::Phases phases_of(const std::vector<std::int32_t>& labels);

} // namespace lapilli::study
