// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/boundary.hpp"
#include "image/connectivity.hpp"
#include "image/pore_space.hpp"
#include "morphology/weights.hpp"
#include "network/conduit.hpp"
#include "property/quantity.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace lapilli::property {

/// Takes a number for each own pore of the image, in canonical order: 1 + that of the network's pore it belongs to.
using TakeRegions = std::function<void(std::span<const float> region)>;

/// What the field of these numbers is called.
inline constexpr const char* region_field = "region";

struct NetworkOptions {
    double alpha = 0.8;       ///< merged where the way between two pores is as wide, of the narrower one
    double sample_share = 1;  ///< see DiffusivityOptions
    TakeRegions take_regions; ///< empty: nobody wants them
};

/// The pores of an image as balls joined by tubes: basins of the distance to the solid, merged by persistence, and what
/// flows through them. Lengths in voxels, in shortest edges where voxels are no cubes.
struct PoreNetwork {
    struct AlongAxis {
        bool percolates = false;
        double relative = 0;     ///< diffusivity of the network over that of the bulk
        double permeability = 0; ///< [voxel²]

        std::optional<double> formation_factor() const
        {
            return percolates && relative > 0 ? std::optional(1 / relative) : std::nullopt;
        }
        static constexpr auto quantities()
        {
            return std::tuple{
                Quantity{"percolates", "", "pores connect the two faces of the axis, or wind around a periodic image",
                         &AlongAxis::percolates, "{}_percolates"},
                Quantity{"formation_factor", "1", "of the network; null if nothing gets through",
                         &AlongAxis::formation_factor, "{}_formation_factor", "F"},
                Quantity{"permeability", "permeability", "of the network", &AlongAxis::permeability, "{}_permeability", "k"},
            };
        }
    };

    Boundary boundary = Boundary::sealed;
    double alpha = 0;
    std::int64_t pores = 0;
    std::int64_t throats = 0;
    double mean_radius = 0;        ///< of the largest balls in the pores, by number [voxel]
    double mean_throat_radius = 0; ///< of the largest balls that get through the throats, by number [voxel]
    PerAxis<AlongAxis> axes{};
    network::Network parts;         ///< pores, throats, and ways in from the faces of a sealed image; only on rank 0
    Shape shape;                    ///< of the image
    PerAxis<double> edges{1, 1, 1}; ///< of a voxel, in shortest edges

    double mean_coordination() const { return pores > 0 ? 2.0 * throats / pores : 0; }

    static constexpr auto quantities()
    {
        return std::tuple{
            Quantity{"alpha", "1", "pores are merged where the way between them has this share of the narrower one's radius",
                     &PoreNetwork::alpha, "{}_alpha", "alpha"},
            Quantity{"pores", "", "number of pores, which depends on alpha", &PoreNetwork::pores, "{}_pores", "pores"},
            Quantity{"throats", "", "number of places where two pores touch", &PoreNetwork::throats, "{}_throats",
                     "throats"},
            Quantity{"mean_coordination", "1", "throats of a pore", &PoreNetwork::mean_coordination, "{}_mean_coordination",
                     "coordination"},
            Quantity{"mean_pore_radius", "length", "of the largest balls around the centres of pores, by number",
                     &PoreNetwork::mean_radius, "{}_mean_pore_radius", "mean pore radius"},
            Quantity{"mean_throat_radius", "length", "of the largest balls that get through throats, by number",
                     &PoreNetwork::mean_throat_radius, "{}_mean_throat_radius", "mean throat radius"},
        };
    }
};

/// Collective; the same bits on any number of ranks. @param pores  there must be a pore and a solid voxel
PoreNetwork measure_network(const image::PoreSpace& pores, const image::Connectivity& connectivity,
                            const morphology::Weights& weights, const NetworkOptions& options);

} // namespace lapilli::property
