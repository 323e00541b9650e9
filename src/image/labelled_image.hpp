// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "format/image_reader.hpp"
#include "image/label_census.hpp"
#include "image/phases.hpp"
#include "image/pore_space.hpp"
#include "parallel/communicator.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lapilli::image {

/// An image as read: what its labels are, and where the phases lie.
struct LabelledImage {
    format::ImageDescription description;        ///< of the whole file
    Shape shape;                                 ///< after the crop
    std::map<std::int32_t, std::int64_t> labels; ///< number of voxels of each label, all ranks
    std::map<std::int32_t, std::int64_t> runs;   ///< of each label along x, uncut by the ends of rows
    std::string digest; ///< "xxh3:..." of shape and labels: the same for every format and number of ranks
    BrickSet bricks;    ///< of the planes this rank read
    BrickSet outside;   ///< voxels that are no part of the sample, of the same planes

    std::int64_t voxels_of(const Phases& phases) const;
    /// "0, 85, 255", the first few.
    std::string labels_text() const;
};

/// Makes an image of its labels, layer by layer of bricks.
class LayersOfLabels {
public:
    /// @param outside  label of what is no part of the sample
    LayersOfLabels(const Phases& phases, const Shape& shape, std::optional<std::int32_t> outside = std::nullopt);

    /// Counts the labels of a layer. Gives their phases, and outside_phase. On one rank for each layer, in the order of z
    /// over ranks.
    std::vector<std::uint8_t> count(std::span<const std::int32_t> labels);
    /// Adds the bricks of a layer, by its phases. On the rank that is to have them.
    void add(PlaneRange planes, std::span<const std::uint8_t> phases);
    /// All but the description. Collective.
    LabelledImage finish(const parallel::Communicator& comm);

private:
    Shape shape_;
    bool keep_phases_;
    bool has_outside_;
    LabelCensus census_;
    BrickSet bricks_, outside_;
};

} // namespace lapilli::image
