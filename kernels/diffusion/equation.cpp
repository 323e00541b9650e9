// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "diffusion/equation.hpp"

#include "diffusion/coupling.hpp"

#include <array>
#include <utility>

namespace lapilli::diffusion {

namespace {

template <class Coupling>
void write_equations(const brick::Brick& brick, const brick::Tile<float>& sigma, const EdgeRatios& edges,
                     const EndLayers& ends, std::span<PoreEquation> equation, Coupling&& coupling_of)
{
    using Tile = brick::Tile<float>;
    const int stride = ends.axis == Axis::x ? 1 : ends.axis == Axis::y ? Tile::row_stride : Tile::plane_stride;
    const auto weight = [&](Axis axis) { return static_cast<double>(edges.weight(axis)); };
    const std::array weights{std::pair{1, weight(Axis::x)}, std::pair{Tile::row_stride, weight(Axis::y)},
                             std::pair{Tile::plane_stride, weight(Axis::z)}};
    const double along = weight(ends.axis);
    brick::for_each_pore(brick, [&](int r, int x, int pore) {
        const int y = r % brick::edge;
        const int z = r / brick::edge;
        const float* s = sigma.row(y, z) + x;
        const int layer = ends.axis == Axis::x ? x : ends.axis == Axis::y ? y : z;
        const double inlet = layer == ends.inlet ? along * static_cast<double>(*s) : 0.0;
        const double outlet = layer == ends.outlet ? along * static_cast<double>(*s) : 0.0;
        const double below = along * coupling_of(*s, s[-stride]);
        const double above = along * coupling_of(*s, s[stride]);
        double couplings = 0;
        for (const auto& [step, factor] : weights)
            couplings += factor * (coupling_of(*s, s[-step]) + coupling_of(*s, s[step]));
        auto& e = equation[pore];
        e.dirichlet = 2 * (inlet + outlet);
        e.diagonal = couplings + e.dirichlet;
        e.balance = (below + inlet) - (above + outlet);
        e.energy = above + 0.5 * (inlet + outlet);
        e.inlet = inlet;
        e.outlet = outlet;
    });
}

} // namespace

void equations(const brick::Brick& brick, const brick::Tile<float>& sigma, Law law, const EdgeRatios& edges,
               const EndLayers& ends, std::span<PoreEquation> equation)
{
    if (law == Law::harmonic)
        write_equations(brick, sigma, edges, ends, equation,
                        [](double here, double beyond) { return coupling(here, beyond); });
    else // the mean of ones and zeros needs no division
        write_equations(brick, sigma, edges, ends, equation,
                        [](float, float beyond) { return static_cast<double>(beyond); });
    if (law != Law::product) return;
    brick::for_each_pore(brick, [&](int r, int x, int pore) {
        const auto s = static_cast<double>(sigma.row(r % brick::edge, r / brick::edge)[x]);
        auto& e = equation[pore];
        e.diagonal /= s;
        e.dirichlet *= s;
        e.energy *= s;
        e.inlet *= s;
        e.outlet *= s;
    });
}

} // namespace lapilli::diffusion
