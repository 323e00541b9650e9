// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/edge_ratios.hpp"

#include <array>
#include <cstddef>
#include <type_traits>

namespace lapilli::multigrid {

/// A value of each corner of a block of 2 x 2 x 2 voxels; bits of its number: x, y, z.
using Corners = float __attribute__((vector_size(32)));

/// Twice the least energy of a flux inside a connected set of corners, with couplings 1, that carries away what each has to
/// get rid of: all together nothing. @param corners  bits @param balance  of the others 0
float energy_of_corners(unsigned corners, const Corners& balance);

/// The pores of one aggregate in a 2 x 2 x 2 block of voxels, connected through faces, and what each has to get rid of; all
/// together nothing. Real: float if all conduct alike, with couplings 1, double where little must not drown in much.
template <class Real>
class BlockNetwork {
public:
    BlockNetwork() = default; ///< of no voxels: to be assigned to
    /// @param edges  of the voxels; cubes where all conduct alike
    explicit BlockNetwork(const EdgeRatios& edges)
    {
        if constexpr (!alike)
            for (const Axis axis : all_axes) weight_[index(axis)] = edges.weight(axis);
    }
    /// @param corner  as in Corners
    void add(int corner, double balance, float conductivity)
    {
        const std::size_t at = corner;
        balance_[at] = static_cast<Real>(balance);
        if constexpr (!alike) conductivity_[at] = conductivity;
        corners_ |= 1U << at;
    }
    /// Twice the least energy of a flux between them that does it.
    double energy() const;

private:
    static constexpr bool alike = std::is_same_v<Real, float>;

    std::conditional_t<alike, Corners, std::array<double, 8>> balance_{};
    std::array<float, alike ? 1 : 8> conductivity_{};
    std::array<float, alike ? 1 : 3> weight_{};
    unsigned corners_ = 0;
};

} // namespace lapilli::multigrid
