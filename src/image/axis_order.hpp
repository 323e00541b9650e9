// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/read.hpp"

#include <functional>
#include <optional>

namespace lapilli::image {

/// Gives the labels from `first` on, in the order in which voxels lie in a file.
using ReadVoxels = std::function<void(std::int64_t first, std::span<std::int32_t> labels)>;

/// Another order of these three extents, if voxels that it makes neighbours agree far better than those that `given` makes
/// neighbours. Looks at a few hundred thousand voxels; cubes have no other order.
/// @param voxels  that can be read, from the first
std::optional<Shape> likelier_order(const Shape& given, std::int64_t voxels, const ReadVoxels& read);

/// The same of a headerless file whose shape the user has given; nothing of any other file. Not collective.
/// @throws Error the file cannot be read
std::optional<Shape> likelier_order(const ImageSource& source);

} // namespace lapilli::image
