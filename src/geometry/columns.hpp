// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"
#include "morphology/lines.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace lapilli::geometry {

/// The bricks of an image in columns along an axis: each column is whole on one rank, whoever owns its bricks, so that
/// lines of voxels from face to face are looked at without asking anyone. They hold 1/8 B per voxel of the bricks.
class Columns {
public:
    /// Sends the masks to the ranks of their columns. Collective.
    Columns(const image::PoreSpace& pores, Axis axis);

    /// Calls visit(the pores, all that is open) for each column of this rank that has some of these; the same lines, twice,
    /// where nothing is outside the sample. Not collective.
    void for_each(const std::function<void(const morphology::Lines& pores, const morphology::Lines& open)>& visit) const;

private:
    struct Place {
        std::int64_t column = 0;
        std::int64_t along = 0; ///< in bricks
        brick::Mask mask;
    };
    using Places = std::vector<Place>; ///< column by column
    static Places places_of(const image::PoreSpace& pores, Axis axis);

    Axis axis_;
    std::int64_t voxels_;
    Places pores_;
    std::optional<Places> open_; ///< absent: nothing is outside
};

} // namespace lapilli::geometry
