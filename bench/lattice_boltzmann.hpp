// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "lattice_links.hpp"
#include "parallel/exchange.hpp"

#include <vector>

namespace lapilli::bench {

/// Creeping flow by a lattice Boltzmann method as good as we know how: D3Q19 with two relaxation times (Ginzburg 2008),
/// whose product 3/16 makes the permeability independent of the viscosity, on the pores alone, in place (AA pattern),
/// linear, and driven like ours: a unit mean gradient as a force, and pressures that deviate from it, 0 on the two outer
/// faces of the axis. Populations are deviations from rest at that mean gradient, so that float has digits enough.
class LatticeBoltzmann {
public:
    /// At rest. Collective.
    /// @param viscosity  kinematic, lattice units; it decides how fast the steady state is reached, not which
    LatticeBoltzmann(const image::PoreSpace& pores, Axis axis, double viscosity);

    /// Two time steps. Collective over neighbours.
    void advance();
    /// By the mean velocity of now [voxel²]. Collective.
    double permeability() const;
    std::size_t bytes() const;

private:
    static constexpr int lanes = 8;
    static constexpr int block = 64; // pores at once: their populations stay in the first-level cache
    using Lanes = float [[gnu::vector_size(4 * lanes)]];
    struct Block {
        Lanes f[D3Q19::directions][block / lanes];
        float* of(int direction) { return reinterpret_cast<float*>(f[direction]); }
    };
    void step_in_place();
    void step_to_neighbours();
    void collide(Block& b) const;

    const image::PoreSpace& pores_;
    Axis axis_;
    double viscosity_;
    float even_rate_, odd_rate_; ///< of relaxation, of the symmetric and the antisymmetric part of each pair
    LatticeLinks links_;
    std::vector<float> f_;                       ///< (19, stride), ghosts, what comes back from the ghosts of others
    parallel::Exchange to_ghosts_, from_ghosts_; ///< the second takes back what was written to ghosts
};

} // namespace lapilli::bench
