// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/planes.hpp"
#include "picture/colours.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::study {

/// A plane on rank 0, shape (down, across).
template <class T>
struct GatheredPlane {
    image::Plane plane;
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::vector<T> values;
};

/// The places along an axis where planes are taken: the middles of so many equal parts, or all there are.
std::vector<std::int64_t> places_along(std::int64_t voxels, int most);

/// Whether planes across an axis are more than a line.
bool has_planes_across(const Shape& shape, Axis normal);

/// {"x": [{"index": 200, "png": base64}, ...], "y": ..., "z": ...}: of every `step`-th voxel.
nlohmann::ordered_json planes_json(const std::vector<GatheredPlane<std::uint8_t>>& planes, std::int64_t step,
                                   const std::vector<picture::Colour>& palette);

/// Of how many voxels one is shown, so that no picture has more than 512 along an edge.
std::int64_t step_of(const Shape& shape);

/// The lengths of runs of pores along the rows and columns of planes: {"x": [[length, number], ...], ...}, lengths
/// ascending.
nlohmann::ordered_json chords_json(const std::vector<GatheredPlane<std::uint8_t>>& planes);

/// Cubes as one picture of tiles, a tile for each plane across z.
nlohmann::ordered_json volume_json(const image::PoreShares& shares);

} // namespace lapilli::study
