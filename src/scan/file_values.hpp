// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/image_source.hpp"
#include "scan/level_map.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace lapilli::scan {

/// What the values of a file are, of any type.
struct FileValues {
    format::ImageDescription description; ///< of the whole file
    Shape shape;                          ///< after the crop
    std::string digest;                   ///< "xxh3:..." of the shape and the bytes of the voxels
    std::int64_t not_finite = 0;          ///< voxels that are infinite or no number
    std::optional<GreyRange> range;       ///< of the others; absent: there are none

    bool segmentable() const { return not_finite == 0 && range && range->width() > 0; }
};

/// Reads all of an image. The same on any number of ranks. Collective. @throws Error the same on every rank: not readable
FileValues read_values(const parallel::Communicator& comm, const image::ImageSource& source);

} // namespace lapilli::scan
