// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/crop.hpp"
#include "core/shape.hpp"
#include "format/image_reader.hpp"
#include "parallel/communicator.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace lapilli::image {

struct ImageSource {
    std::string path;
    format::RawFormat raw;
    PerAxis<Crop> crop{};                  ///< by axis
    bool labels_meant = false;             ///< the user has named the labels that take part
    bool segmented = false;                ///< the labels that take part are made of its values
    std::optional<std::int32_t> outside{}; ///< label of what is no part of the sample
};

/// A box of voxels inside a file.
struct Region {
    PerAxis<std::int64_t> first{};
    Shape shape;
};

/// @throws Error a crop that is not inside the file
Region region_of(const Shape& file, const PerAxis<Crop>& crop);

/// What is held at a time of the planes of a file: those of a layer of bricks, or fewer, as few as are stored together,
/// where most of a plane may be cut off.
Shape piece_of(const format::ImageDescription& file, const Shape& region);

/// The file of an image, open on every rank. Collective.
/// @throws Error the same on every rank: it cannot be read, or is not the same file on all machines
std::unique_ptr<format::ImageReader> open_everywhere(const parallel::Communicator& comm, const ImageSource& source);

} // namespace lapilli::image
