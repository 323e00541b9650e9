// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "traffic.hpp"

namespace lapilli::bench {

namespace {

constexpr int one = sizeof(float), four = sizeof(Float4);
constexpr int aggregate = 2;

/// Those that look at neighbours in tiles read the bricks as well.
double bricks(const image::PoreSpace& pores, int sweeps)
{
    return sweeps * static_cast<double>(pores.owned_bricks().size()) * sizeof(brick::Brick);
}

/// What one pass reads and writes besides its vectors.
struct Pass {
    int vector = one;   ///< bytes of a value
    int diagonal = 1;   ///< of what it reads for the diagonal
    int scale = 0;      ///< for what a constant correction looks like
    int neighbours = 0; ///< for where the neighbours are, with their couplings
    bool fused = false; ///< the first smoothing step is made while the second loads
};

/// One cycle of solve/multigrid_cycle.hpp.
constexpr int cycle(const Pass& p)
{
    const int own = p.diagonal + p.neighbours;
    return (p.fused ? 2 * p.vector + own                          // smooth before, both steps:  r, D -> z
                    : (2 * p.vector + p.diagonal)                 // z = first r / D:            r, D -> work
                          + (3 * p.vector + own))                 // smooth before:              work, r, D -> z
           + (2 * p.vector + own + aggregate)                     // restrict:                   z, r, D, aggregate
           + (2 * p.vector + (p.fused ? 0 : p.scale) + aggregate) // add the correction:         z, aggregate -> z
           + (3 * p.vector + own)                                 // smooth after:               z, r, D -> work
           + (4 * p.vector + own);                                // and again:                  z, r, y, D -> y
}

} // namespace

double traffic_of_diffusion(const image::PoreSpace& pores)
{
    constexpr int degree = 1;
    constexpr int per_pore = cycle({.diagonal = degree}) //
                             + 3 * one                   // direction:  z, p -> p
                             + (2 * one + degree)        // A p:        p, D -> work
                             + 6 * one;                  // step:       p, q, g, r -> g, r
    return per_pore * static_cast<double>(pores.pores()) + bricks(pores, 5);
}

double traffic_of_flow(const solve::StaggeredGrid& grid)
{
    constexpr int around = 6 * sizeof(std::uint16_t), row = sizeof(solve::StaggeredGrid::Row), weight = 1;
    constexpr int root = one;
    constexpr int pressures = (four + 2 * one)                                              // r, root -> r_p
                              + cycle({.diagonal = one, .scale = root, .neighbours = root}) // their cycle
                              + four;                                                       // in its last pass:  r
    constexpr int velocities = (2 * four + one + weight + around)                           // r, p -> right-hand side
                               + cycle({four, row, row, around, true})                      // their cycle
                               + row + one;                                                 // closed faces; p -> z
    constexpr int method = (3 * four + 2 * weight + row + around)                           // y = K z, and with the kept y
                           + 7 * four                                                       // orthogonal
                           + (6 * four + weight + row);                                     // step
    const auto& pores = grid.pores();
    const double rows = static_cast<double>(pores.pores()) + grid.outlets();
    return pressures * static_cast<double>(pores.pores()) + (velocities + method) * rows + bricks(pores, 4);
}

} // namespace lapilli::bench
