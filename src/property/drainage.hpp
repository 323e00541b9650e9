// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/boundary.hpp"
#include "image/pore_space.hpp"
#include "morphology/weights.hpp"
#include "property/image_face.hpp"
#include "property/length_field.hpp"
#include "property/quantity.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::property {

/// Two fluids and a solid: what turns radii into pressures.
struct Fluids {
    std::string name;
    double tension_n_per_m = 0;
    double angle_degrees = 0; ///< between the solid and the interface, through either fluid

    /// Capillary pressure at which the interface gets through a tube of that radius [Pa]: 2 tension |cos angle| / radius
    /// (Young and Laplace). @param radius_m  > 0
    double pressure_pa(double radius_m) const;

    /// Usual ones: mercury and air (Washburn's method, ISO 15901-1), a light oil and water, air and water.
    static std::vector<Fluids> known();
};

/// Both fluids in the pores, at one radius of the interface. What was trapped is with the wetting one.
struct FluidStage {
    Axis axis = Axis::x;
    double radius = 0;     ///< [shortest edges]
    double saturation = 0; ///< of the pores, by the fluid that comes in
    image::BrickSet non_wetting, wetting;
};

struct DrainageOptions {
    std::vector<Axis> axes{all_axes.begin(), all_axes.end()}; ///< along which the fluid comes in, by
    bool from_upper = false;                                  ///< the upper face, and not by the lower one
    ImageFaces from{};        ///< by these faces instead, a curve of its own; of mercury: all of them
    ImageFaces to{};          ///< of that curve, by which the other fluid leaves; none: from anywhere, nothing is trapped
    TakeLengths take_field{}; ///< gets the radius at which each pore is invaded
    int stages = 0;           ///< along an axis: at so many saturations, as far as there are radii for them,
    std::function<void(const FluidStage&)> at_stage{}; ///< somebody looks at both fluids; collective
};

/// What the field of radii at which pores are invaded is called.
/// @param axis  along which the fluid comes in; absent: by chosen faces
std::string invaded_radius_field(std::optional<Axis> axis);

/// How a non-wetting fluid fills the pores as its pressure rises, for all radii of the interface at once: balls that the
/// fluid reaches from the inlet through pores that are wide enough (Hazlett, Transp. Porous Media 20, 1995; Hilpert and
/// Miller, Adv. Water Resour. 24, 2001), exact. Lengths in voxels, in shortest edges where voxels are no cubes.
struct Drainage {
    /// Once the interface has that radius.
    struct Point {
        double radius = 0;
        std::int64_t invaded = 0; ///< voxels, if the wetting fluid can leave from anywhere
        std::int64_t escaped = 0; ///< of these, those that the wetting fluid could leave through the outlet before
    };
    struct Curve {
        std::vector<Point> points; ///< by falling radius
        std::int64_t voxels = 0;   ///< pores of the image
        /// Radius at which the fluid comes to the outlet; 0: it never does; absent: there is no outlet, and nothing is
        /// trapped.
        std::optional<double> breakthrough;

        double saturation(std::int64_t filled) const { return voxels > 0 ? 1.0 * filled / voxels : 0; }
        double entry() const { return points.empty() ? 0 : points.front().radius; }
        double final_saturation() const { return points.empty() ? 0 : saturation(points.back().invaded); }
        /// Transport through both fluids at some radii, falling, over that through all pores; absent: not measured.
        struct Relative {
            double radius = 0;
            double saturation = 0;
            std::optional<double> diffusivity_non_wetting, diffusivity_wetting, permeability_non_wetting,
                permeability_wetting;
        };
        std::vector<Relative> relative;
        /// At which the fluid that comes in flows half as well as through dry pores, between two that were solved.
        std::optional<double> mean_flow_radius() const;
        /// Of the wetting fluid, what stays behind in the end.
        double residual() const { return 1 - (points.empty() ? 0 : saturation(points.back().escaped)); }
        std::optional<double> saturation_at_breakthrough() const;

        static constexpr auto quantities()
        {
            return std::tuple{
                Quantity{"entry_radius", "length", "of the interface that first gets in",
                         [](const Curve& c) { return c.entry(); }, "{}_entry_radius", "entry radius"},
                Quantity{"breakthrough_radius", "length", "of the interface that first gets to the other face; 0: none does",
                         &Curve::breakthrough, "{}_breakthrough_radius", "breakthrough radius"},
                Quantity{"breakthrough_saturation", "1", "of the pores, filled by then",
                         [](const Curve& c) { return c.saturation_at_breakthrough(); }, "{}_breakthrough_saturation",
                         "S there"},
                Quantity{"final_saturation", "1", "of the pores, filled in the end if nothing is trapped",
                         &Curve::final_saturation, "{}_final_saturation", "S final"},
                Quantity{"residual_saturation", "1", "of the wetting fluid, what is trapped or never reached",
                         &Curve::residual, "{}_residual_saturation", "S residual"},
                Quantity{
                    "mean_flow_radius", "length",
                    "of the interface where the invading fluid flows half as well as through dry pores; null: not solved",
                    [](const Curve& c) { return c.mean_flow_radius(); }, "{}_mean_flow_radius"},
            };
        }
    };

    Boundary boundary = Boundary::sealed;
    bool from_upper = false;
    PerAxis<std::optional<Curve>> axes{};
    ImageFaces from, to;        ///< that were chosen
    std::optional<Curve> whole; ///< by these
};

/// Collective. @param pores  there must be a solid voxel
Drainage measure_drainage(const image::PoreSpace& pores, const morphology::Weights& weights, const DrainageOptions& options);

} // namespace lapilli::property
