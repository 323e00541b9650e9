// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"
#include "morphology/weights.hpp"
#include "property/grid_property.hpp"
#include "property/quantity.hpp"
#include "property/resolution.hpp"
#include "property/sub_volumes.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lapilli::property {

struct RevOptions {
    /// A property of which cubes are solved, too.
    struct Solve {
        GridProperty property;
        BlockValues known; ///< that need not be solved again
    };
    std::vector<Solve> solves;
    std::optional<morphology::Weights> weights; ///< of distances, for the mean radius; absent: without it
};

/// Whether an image is large enough to stand for its material: how much a quantity differs between cubes cut from it, the
/// larger the cubes the less (representative elementary volume).
struct Rev {
    static constexpr double wanted = 0.05; ///< within so much of the material's value, in 95 of 100 images

    struct Series {
        std::string quantity;           ///< "porosity", ...
        std::optional<Axis> axis;       ///< along which it is measured; absent: it has none
        std::string unit;               ///< of the means; lengths in shortest edges: "1/voxel"
        std::vector<CubeSpread> sizes;  ///< ascending
        std::optional<SpreadFall> fall; ///< absent: too few sizes to tell
        double image_voxels = 0;

        /// Relative, of the value of the whole image: two standard deviations.
        std::optional<double> image_error() const;
        /// Edge of a cube that is within `wanted` [voxel].
        std::optional<double> needed_edge() const;
        std::optional<bool> representative() const;

        static constexpr auto quantities()
        {
            return std::tuple{
                Quantity{
                    "image_error", "1",
                    "how far the value of the image may be from that of the material, relative: two standard deviations",
                    [](const Series& s) { return s.image_error(); }, "rev_{}_image_error", "± image"},
                Quantity{"needed_edge", "length", "of a cube that is within 5 % of the material",
                         [](const Series& s) { return s.needed_edge(); }, "rev_{}_needed_edge", "± 5 % from"},
                Quantity{"exponent", "1",
                         "of the volume, by which the variance falls; 1: what lies far apart is independent",
                         [](const Series& s) { return s.fall ? std::optional(s.fall->exponent) : std::nullopt; },
                         "rev_{}_exponent"},
            };
        }
    };
    std::vector<Series> series;

    /// For cubes of more than one size: 64 voxels or more along each axis.
    static bool large_enough(const Shape& shape);
};

/// Cubes of full bricks, of all places for porosity, surface and radius, of up to 27 that lie apart for what is solved, with
/// sealed sides. Collective; the same bits on any number of ranks.
/// @param pores  of an image that is large enough
Rev measure_rev(Run& run, const image::PoreSpace& pores, const RevOptions& options);

} // namespace lapilli::property
