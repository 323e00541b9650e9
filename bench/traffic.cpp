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

/// One cycle of solve/multigrid_cycle.hpp.
/// @param vector     bytes of a value
/// @param diagonal   bytes that each pass reads for the diagonal
/// @param scale      and for what a constant correction looks like
/// @param neighbours and for where the neighbours are, with their couplings
constexpr int cycle(int vector, int diagonal, int scale, int neighbours)
{
    return (2 * vector + diagonal)                            // z = first r / D:     r, D -> z
           + (3 * vector + diagonal + neighbours)             // smooth before:       z, r, D -> work
           + (3 * vector + diagonal + neighbours + aggregate) // restrict:            z, r, D, aggregate -> work
           + (2 * vector + scale + aggregate)                 // add the correction:  z, aggregate -> z
           + (3 * vector + diagonal + neighbours)             // smooth after:        z, r, D -> work
           + (4 * vector + diagonal + neighbours);            // and again:           z, r, y, D -> y
}

} // namespace

double traffic_of_diffusion(const image::PoreSpace& pores)
{
    constexpr int degree = 1;
    constexpr int per_pore = cycle(one, degree, 0, 0) //
                             + 3 * one                // direction:  z, p -> p
                             + (2 * one + degree)     // A p:        p, D -> work
                             + 6 * one;               // step:       p, q, g, r -> g, r
    return per_pore * static_cast<double>(pores.pores()) + bricks(pores, 5);
}

double traffic_of_flow(const solve::StaggeredGrid& grid)
{
    constexpr int around = 6 * sizeof(std::uint16_t), row = sizeof(solve::StaggeredGrid::Row), weight = 1;
    constexpr int root = one;
    constexpr int pressures = (four + 2 * one)                    // r, root -> residual of the pressures
                              + cycle(one, one, root, root)       // their cycle
                              + (2 * four + 3 * one);             // r, p, root -> p, z
    constexpr int velocities = (3 * four + weight + around)       // r, z -> right-hand side
                               + cycle(four, row, row, around)    // their cycle: closed faces are seen by the diagonal
                               + (2 * four + one);                // p -> z
    constexpr int method = (3 * four + 2 * weight + row + around) // y = K z, and with the kept y
                           + 7 * four                             // orthogonal:  y, z, kept y, kept z, r -> y, z
                           + (6 * four + weight + row);           // step:        z, y, x, r -> x, r
    const auto& pores = grid.pores();
    const double rows = static_cast<double>(pores.pores()) + grid.outlets();
    return pressures * static_cast<double>(pores.pores()) + (velocities + method) * rows + bricks(pores, 4);
}

} // namespace lapilli::bench
