// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/balanced_flux.hpp"

#include "diffusion/coupling.hpp"
#include "multigrid/block_network.hpp"
#include "parallel/exact_total.hpp"
#include "solve/balanced_levels.hpp"

#include <array>
#include <cmath>
#include <span>
#include <type_traits>

namespace lapilli::solve {

namespace {

using Tile = brick::Tile<std::int32_t>;
constexpr std::array<int, 6> steps{-Tile::plane_stride, -Tile::row_stride, -1, 1, Tile::row_stride, Tile::plane_stride};

/// An aggregate of the finest level while it is being balanced, and the drops to its neighbours that were last looked up.
template <class Real>
struct Block {
    multigrid::BlockNetwork<Real> network;
    std::array<std::int32_t, 6> neighbour{}; ///< in each direction: place + 1
    std::array<Real, 6> drop{};
};

/// The steps out of the block of 2 x 2 x 2 voxels, by corner.
constexpr auto outward = [] {
    std::array<std::array<std::uint8_t, 3>, 8> table{};
    for (std::size_t c = 0; c < 8; ++c)
        table[c] = {(c & 4) != 0 ? std::uint8_t{5} : std::uint8_t{0}, (c & 2) != 0 ? std::uint8_t{4} : std::uint8_t{1},
                    (c & 1) != 0 ? std::uint8_t{3} : std::uint8_t{2}};
    return table;
}();
constexpr std::array<std::uint8_t, 6> all_steps{0, 1, 2, 3, 4, 5};

/// Whether all of a block that hangs together through faces inside it is one aggregate, and no face inside it is one to
/// elsewhere, as where a periodic image ends in the middle of a block.
bool blocks_are_whole(const LaplaceProblem& problem)
{
    const auto& shape = problem.pores().shape();
    const bool even = shape.nx % 2 == 0 && shape.ny % 2 == 0 && shape.nz % 2 == 0;
    return problem.faces_alike() && (even || problem.pores().beyond() == Boundary::sealed);
}

/// The place on the first coarse level of the aggregate of each pore and ghost, plus 1: in a tile 0 is solid.
std::vector<std::int32_t> places_of_aggregates(const LaplaceProblem& problem, const FineAggregates& fine,
                                               const CoarseLevels<float>::Level& level)
{
    const auto& pores = problem.pores();
    auto place = pores.make_field<std::int32_t>();
    for (std::size_t b = 0; b < fine.first_node.size(); ++b) {
        const auto& brick = pores.bricks()[b];
        for (std::size_t i = brick.first; i < static_cast<std::size_t>(brick.first + brick.pores); ++i)
            place[i] = level.first_mine + fine.first_node[b] + fine.of_pore[i] + 1;
    }
    const auto ghosts = pores.halo().ghosts_of<std::int64_t>([&](std::int32_t i) { return level.first + place[i] - 1; });
    for (std::size_t k = 0; k < ghosts.size(); ++k)
        place[static_cast<std::size_t>(pores.pores()) + k] = level.local_index(ghosts[k]) + 1;
    return place;
}

/// What the finest level adds to twice the energy.
template <class Real, class Residual>
void add_finest(const LaplaceProblem& problem, const FineAggregates& fine, const CoarseLevels<float>::Level& level,
                const LevelFlux<Real>& above, const Residual* r, sum::ExactSum& energy)
{
    constexpr bool alike = std::is_same_v<Real, float>;
    const auto& pores = problem.pores();
    const bool whole = blocks_are_whole(problem);
    const multigrid::BlockNetwork<Real> nothing(pores.edges());
    const auto weight = [&](Axis axis) { return static_cast<double>(pores.edges().weight(axis)); };
    const std::array weights{weight(Axis::z), weight(Axis::y), weight(Axis::x),
                             weight(Axis::x), weight(Axis::y), weight(Axis::z)};
    const auto place = places_of_aggregates(problem, fine, level);
    std::vector<Block<Real>> blocks;
    Tile tile;
    for (std::size_t i = 0; i < fine.first_node.size(); ++i) {
        const auto& b = pores.bricks()[i];
        const auto first = level.first_mine + fine.first_node[i];
        brick::unpack(b, pores.bricks(), place.data(), tile);
        const float* fixed = problem.fixed_of(static_cast<std::int32_t>(i));
        const float* sigma = alike ? nullptr : problem.conductivity_tile(static_cast<std::int32_t>(i)).values;
        blocks.clear();
        brick::for_each_pore(b, [&](int row, int x, int pore) {
            const auto* p = tile.row(row % brick::edge, row / brick::edge) + x;
            const std::int32_t own = *p - 1;
            const std::size_t at = own - first;
            if (at >= blocks.size()) blocks.resize(at + 1, {.network = nothing});
            auto& block = blocks[at];
            double left = static_cast<double>(r[b.first + pore]);
            if (fixed[pore] > 0) left -= static_cast<double>(fixed[pore] * above.ground[own]);
            const int corner = (x & 1) | (row & 1) << 1 | (row / brick::edge & 1) << 2;
            const auto directions = whole ? std::span<const std::uint8_t>(outward[corner]) : std::span(all_steps);
            const float* s = alike ? nullptr : sigma + (p - tile.values);
            for (const std::size_t d : directions) {
                const std::int32_t there = p[steps[d]];
                if (there == 0 || there == *p) continue;
                if (block.neighbour[d] != there) {
                    block.neighbour[d] = there;
                    block.drop[d] = above.drop[level.matrix.place(own, there - 1)];
                }
                const auto drop = static_cast<double>(block.drop[d]);
                left -= alike ? drop : weights[d] * static_cast<double>(diffusion::coupling(s[0], s[steps[d]])) * drop;
            }
            block.network.add(corner, left, alike ? 1.0F : s[0]);
        });
        double of_brick = 0;
        for (const auto& block : blocks) of_brick += block.network.energy();
        energy.add(of_brick);
    }
}

/// Real: as in LevelFlux.
template <class Real, class Residual>
std::optional<double> bound_in(const LaplaceProblem& problem, Multigrid<LaplaceProblem>& multigrid, const Residual* r)
{
    // 1. the first coarse level gets what each aggregate cannot balance inside
    const auto& fine = multigrid.fine();
    auto& coarse = multigrid.coarse();
    const auto& level = std::as_const(coarse).levels().front();
    std::vector<double> sums;
    for (std::size_t b = 0; b < fine.first_node.size(); ++b) {
        const auto& brick = problem.pores().bricks()[b];
        const std::size_t first = fine.first_node[b];
        for (std::size_t i = brick.first; i < static_cast<std::size_t>(brick.first + brick.pores); ++i) {
            const auto at = first + fine.of_pore[i];
            if (at >= sums.size()) sums.resize(at + 1);
            sums[at] += static_cast<double>(r[i]);
        }
    }

    // 2. its flux, and what is left to the aggregates
    sum::ExactSum energy;
    const auto above = balance<Real>(coarse, std::move(sums), energy);
    if (!above) return std::nullopt;
    add_finest(problem, fine, level, *above, r, energy);
    const double bound = parallel::total(problem.pores().comm(), energy);
    if (!std::isfinite(bound)) return std::nullopt;
    return bound;
}

} // namespace

std::optional<double> energy_bound(const LaplaceProblem& problem, Multigrid<LaplaceProblem>& multigrid, const double* r)
{
    return bound_in<double>(problem, multigrid, r);
}

std::optional<double> energy_bound(const LaplaceProblem& problem, Multigrid<LaplaceProblem>& multigrid, const float* r)
{
    return problem.faces_alike() ? bound_in<float>(problem, multigrid, r) : bound_in<double>(problem, multigrid, r);
}

} // namespace lapilli::solve
