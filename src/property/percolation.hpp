// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/boundary.hpp"
#include "image/connectivity.hpp"
#include "image/read.hpp"
#include "property/quantity.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::property {

/// How much of the image is pore, and how it hangs together (6-connected).
struct Percolation {
    Boundary boundary = Boundary::sealed;
    std::int64_t voxels = 0; ///< of the sample
    std::int64_t pores = 0;
    std::int64_t components = 0;
    std::vector<std::int64_t> largest; ///< pores of the largest components, descending, at most ten
    struct AlongAxis {
        bool percolates = false;
        std::int64_t components = 0; ///< that touch both faces, or wind around a periodic image along the axis
        std::int64_t pores = 0;      ///< in those

        static constexpr auto quantities()
        {
            return std::tuple{
                Quantity{"percolates", "", "pores connect the faces of the axis, or wind around a periodic image",
                         &AlongAxis::percolates, "percolates"},
                Quantity{"components", "", "components of the pores that percolate", &AlongAxis::components},
                Quantity{"pores", "voxel", "pores in the components that percolate", &AlongAxis::pores},
            };
        }
    };
    PerAxis<AlongAxis> axes{};

    double porosity() const { return 1.0 * pores / voxels; }
    double connected_porosity(Axis axis) const { return 1.0 * axes[axis].pores / voxels; }
};

/// @param outside  voxels that are no part of the sample
Percolation percolation(const image::PoreSpace& pores, const image::Connectivity& connectivity, std::int64_t outside = 0);

} // namespace lapilli::property
