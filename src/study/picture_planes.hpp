// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/boundary.hpp"
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

/// Along an axis: of the labels, and of the cubes for the surface.
inline constexpr int places_of_labels = 9;
inline constexpr int most_cubes = 128;

/// What a report shows of an image: of its phases, porosity along each axis, chords, and shares of pores in cubes.
struct ImagePictures {
    Shape shape;
    std::vector<GatheredPlane<std::uint8_t>> planes; ///< of phases, 0 in the solid
    int phases = 1;
    PerAxis<std::vector<double>> profile{}; ///< pores in the sample's voxels of each plane across the axis; NaN without any
    image::PoreShares shares{};             ///< empty: there is no surface
};
nlohmann::ordered_json image_json(const ImagePictures& pictures);

/// Of a concentration or a pressure: from 1 on one face to 0 on the other; of a periodic image what the planes have.
picture::Scale scale_of_potential(const std::vector<GatheredPlane<float>>& planes, Boundary boundary);

/// Of a speed in units of its mean: the same in all runs, so that their pictures compare.
picture::Scale scale_of_speed();

/// The planes of a field with its scale; NaN has no colour.
nlohmann::ordered_json field_json(const std::vector<GatheredPlane<float>>& planes, const picture::Scale& scale,
                                  const Shape& shape);

} // namespace lapilli::study
