// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "image/image_source.hpp"
#include "image/labelled_image.hpp"
#include "parallel/communicator.hpp"

#include <functional>

namespace lapilli::image {

/// Sees the shapes of the piece that is read at a time and, after the crop, of the image before anything is read.
/// Collective; may throw on all ranks.
using ShapeCheck = std::function<void(const Shape& piece, const Shape& image)>;

/// Reads the planes that fall to this rank (compressed streams: rank 0 reads and sends), one layer of bricks at a time.
/// Collective.
/// @throws Error the same on every rank: not readable, a crop outside the image, nothing in the sample, a phase label that
/// the user has not named and no voxel has; but a sample of one label alone may be all solid
LabelledImage read_image(const parallel::Communicator& comm, const ImageSource& source, const Phases& phases,
                         const ShapeCheck& check = {});

} // namespace lapilli::image
