// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/crop.hpp"
#include "core/shape.hpp"
#include "format/image_reader.hpp"
#include "image/pore_space.hpp"
#include "parallel/communicator.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace lapilli::image {

/// Which labels take part, and as what: label -> phase 1 ... 255. Every other label is solid.
using Phases = std::map<std::int32_t, std::uint8_t>;

struct ImageSource {
    std::string path;
    format::RawFormat raw;
    PerAxis<Crop> crop{};      ///< by axis
    bool labels_meant = false; ///< the user has named the labels that take part
};

/// An image as read: what its labels are, and where the phases lie.
struct LabelledImage {
    format::ImageDescription description;        ///< of the whole file
    Shape shape;                                 ///< after the crop
    std::map<std::int32_t, std::int64_t> labels; ///< number of voxels of each label, all ranks
    std::map<std::int32_t, std::int64_t> runs;   ///< of each label along x, uncut by the ends of rows
    std::string digest; ///< "xxh3:..." of shape and labels: the same for every format and number of ranks
    BrickSet bricks;    ///< of the planes this rank read

    std::int64_t voxels_of(const Phases& phases) const;
    /// "0, 85, 255", the first few.
    std::string labels_text() const;
};

/// Sees the shapes of the file and, after the crop, of the image before anything is read. Collective; may throw on all
/// ranks.
using ShapeCheck = std::function<void(const Shape& file, const Shape& image)>;

/// Reads the planes that fall to this rank (compressed streams: rank 0 reads and sends), one layer of bricks at a time.
/// Collective.
/// @throws Error the same on every rank: not readable, a crop outside the image, a phase label that the user has not named
/// and no voxel has; but an image of one label alone may be all solid
LabelledImage read_image(const parallel::Communicator& comm, const ImageSource& source, const Phases& phases,
                         const ShapeCheck& check = {});

} // namespace lapilli::image
