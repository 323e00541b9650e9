// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/plane.hpp"
#include "picture/colours.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::serve {

/// Every second voxel, or third, …, so that neither edge has more than `most`.
field::Plane thinned(const field::Plane& plane, std::int64_t most);

/// What somebody has said of a scale.
struct WantedScale {
    std::string colours = "viridis";
    std::optional<double> low, high;
    bool log = false;
};

/// What has not been said is taken from the whole field, so that planes compare, or from this plane.
picture::Scale scale_for(const field::Plane& plane, const field::StoredField& field, int component,
                         const WantedScale& wanted);

/// A PNG file, see-through where there are no pores. @throws Error no memory
std::string picture_of(const field::Plane& plane, const picture::Scale& scale);

/// The planes of a volume beside and below each other, in nearly a square.
struct Tiles {
    int width = 0, height = 0, beside = 0;
    std::vector<std::uint8_t> pixels;
};
Tiles tiled(const field::PoreShares& volume);

} // namespace lapilli::serve
