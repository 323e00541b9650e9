// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/boundary.hpp"
#include "geometry/line_statistics.hpp"
#include "image/pore_space.hpp"
#include "morphology/fabric.hpp"
#include "morphology/weights.hpp"
#include "property/length_field.hpp"
#include "property/quantity.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lapilli::property {

/// Which balls count, for whoever compares with another program.
enum class Convention {
    lapilli, ///< open balls of all radii: |x - c| < R
    porespy, ///< radii of 1, 2, 3, ... voxels, as PoreSpy has them by default
    imagej,  ///< closed balls of all radii, as in ImageJ's Local Thickness, which calls 2 R the thickness
};
constexpr std::string_view name(Convention convention)
{
    return convention == Convention::lapilli ? "lapilli" : convention == Convention::porespy ? "porespy" : "imagej";
}

/// Of which part of the image: of the pores, or of the rest.
enum class Part { pores, solid };
constexpr std::string_view name(Part part) { return part == Part::pores ? "pores" : "solid"; }

/// How wide the pores are. The radius of a pore voxel is that of the largest ball of pore voxels which covers it (local
/// thickness, Hildebrand and Rüegsegger, J. Microsc. 185, 1997), exact, with all radii; a ball ends before the centre of the
/// closest solid voxel. What is beyond a sealed image or outside the sample is not solid.
struct PoreSize {
    /// So many voxels have that radius.
    struct Class {
        double radius = 0; ///< [voxel], shortest edges where voxels are no cubes
        std::int64_t voxels = 0;
    };
    struct AlongAxis {
        double critical_radius = 0;     ///< [voxel]
        double mean_chord = 0;          ///< [voxel]
        geometry::LineStatistics lines; ///< in voxels along the axis

        static constexpr auto quantities()
        {
            return std::tuple{
                Quantity{"critical_radius", "length",
                         "of the largest ball that gets through from face to face; 0: none does",
                         &AlongAxis::critical_radius, "{}_critical_radius", "critical radius"},
                Quantity{"mean_chord", "length", "mean length of the runs of voxels along the axis", &AlongAxis::mean_chord,
                         "{}_mean_chord", "mean chord"},
            };
        }
    };

    Boundary boundary = Boundary::sealed;
    Part of = Part::pores;
    Convention convention = Convention::lapilli;
    std::int64_t voxels = 0;    ///< that have a radius
    std::vector<Class> classes; ///< by radius, ascending
    double mean_distance = 0;   ///< to the closest solid voxel [voxel]
    PerAxis<AlongAxis> axes{};
    /// Minkowski functionals per volume of the sample, by Crofton's formulas; absent of an image one voxel thick.
    struct Densities {
        double surface = 0;   ///< [1/voxel]
        double curvature = 0; ///< [1/voxel²]
        double euler_6 = 0;   ///< [1/voxel³]
        double euler_26 = 0;  ///< [1/voxel³]
    };
    std::optional<Densities> densities;
    std::optional<Tensor> fabric; ///< of the surface, see morphology::fabric; absent: of an image one voxel thick, too
    double solid_fraction = 0;    ///< of the sample

    std::optional<double> density(double Densities::*what) const
    {
        return densities ? std::optional((*densities).*what) : std::nullopt;
    }
    std::optional<double> surface_per_solid() const
    {
        return densities && solid_fraction > 0 ? std::optional(densities->surface / solid_fraction) : std::nullopt;
    }
    std::optional<double> anisotropy() const { return fabric ? morphology::degree_of_anisotropy(*fabric) : std::nullopt; }
    double mean_radius() const;
    /// The smallest radius that at least so much of the volume does not exceed. @param share  0 to 1
    double percentile(double share) const;

    static constexpr auto quantities()
    {
        return std::tuple{
            Quantity{"mean_radius", "length", "by volume", [](const PoreSize& s) { return s.mean_radius(); },
                     "{}_mean_radius", "mean"},
            Quantity{"radius_5", "length", "5 % of the volume have no larger radius",
                     [](const PoreSize& s) { return s.percentile(0.05); }, "{}_radius_5", "5 %"},
            Quantity{"radius_25", "length", "25 % of the volume have no larger radius",
                     [](const PoreSize& s) { return s.percentile(0.25); }, "{}_radius_25", "25 %"},
            Quantity{"radius_50", "length", "half of the volume has no larger radius",
                     [](const PoreSize& s) { return s.percentile(0.5); }, "{}_radius_50", "50 %"},
            Quantity{"radius_75", "length", "75 % of the volume have no larger radius",
                     [](const PoreSize& s) { return s.percentile(0.75); }, "{}_radius_75", "75 %"},
            Quantity{"radius_95", "length", "95 % of the volume have no larger radius",
                     [](const PoreSize& s) { return s.percentile(0.95); }, "{}_radius_95", "95 %"},
            Quantity{"largest_radius", "length", "of the largest ball",
                     [](const PoreSize& s) { return s.classes.empty() ? 0 : s.classes.back().radius; }, "{}_largest_radius",
                     "largest"},
            Quantity{"mean_distance", "length", "from a voxel to the closest one of the other kind",
                     &PoreSize::mean_distance, "{}_mean_distance"},
            Quantity{"specific_surface", "1/length", "surface between pores and solid per volume of the sample",
                     [](const PoreSize& s) { return s.density(&Densities::surface); }, "{}_specific_surface"},
            Quantity{"specific_surface_of_solid", "1/length", "the same per volume of the solid",
                     [](const PoreSize& s) { return s.surface_per_solid(); }, "{}_specific_surface_of_solid"},
            Quantity{"mean_curvature", "1/length2",
                     "integral of the mean curvature over that surface, per volume of the sample; positive where round",
                     [](const PoreSize& s) { return s.density(&Densities::curvature); }, "{}_mean_curvature"},
            Quantity{"anisotropy", "1", "longest over shortest mean intercept of the surface; null: the longest has no end",
                     [](const PoreSize& s) { return s.anisotropy(); }, "{}_anisotropy"},
            Quantity{"euler_6", "1/length3",
                     "Euler number (pieces - tunnels + hollows), across faces, per volume of the sample",
                     [](const PoreSize& s) { return s.density(&Densities::euler_6); }, "{}_euler_6"},
            Quantity{"euler_26", "1/length3", "the same, across faces, edges and corners",
                     [](const PoreSize& s) { return s.density(&Densities::euler_26); }, "{}_euler_26"},
        };
    }
};

/// The weights of voxels with such edges; nothing if the squares of these are in no ratio of whole numbers up to 16.
std::optional<morphology::Weights> weights_of(const EdgeRatios& edges);

/// What the fields of distances to the closest voxel of the other kind, and of radii, are called.
inline constexpr const char* distance_field = "distance";
inline constexpr const char* thickness_field = "thickness";

/// Collective.
/// @param part        the voxels to be measured; there must be others
/// @param take_field  gets their distances and radii; empty: nobody wants them
PoreSize measure_pore_size(const image::PoreSpace& part, const morphology::Weights& weights, Convention convention,
                           const TakeLengths& take_field = {});

} // namespace lapilli::property
