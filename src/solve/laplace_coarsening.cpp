// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "diffusion/coupling.hpp"
#include "multigrid/block_faces.hpp"
#include "solve/laplace.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace lapilli::solve {

namespace {

/// Adds up the couplings of the pores of an owned brick to pores of other aggregates.
/// @param parent    local index of the aggregate of each pore, plus 1: 0 is solid
/// @param first     of the brick's aggregates
/// @param coupling  but for the weight of the axis, called as coupling(place in the tile, step from there)
template <class Coupling>
void add_brick(const LaplaceProblem& problem, std::int32_t index, const brick::Tile<std::int32_t>& parent,
               std::int32_t first, BrickRows<float>& rows, Coupling&& coupling)
{
    using Tile = brick::Tile<std::int32_t>;
    const auto weight = [&](Axis axis) { return widen(problem.pores().edges().weight(axis)); };
    const std::array steps{std::pair{-Tile::plane_stride, weight(Axis::z)},
                           std::pair{-Tile::row_stride, weight(Axis::y)},
                           std::pair{-1, weight(Axis::x)},
                           std::pair{1, weight(Axis::x)},
                           std::pair{Tile::row_stride, weight(Axis::y)},
                           std::pair{Tile::plane_stride, weight(Axis::z)}};
    brick::for_each_pore(problem.pores().bricks()[index], [&](int r, int x, int) {
        const auto* p = parent.row(r % brick::edge, r / brick::edge) + x;
        for (const auto& [step, factor] : steps)
            if (p[step] != 0 && p[step] != *p)
                rows.add(*p - 1 - first, p[step] - 1, factor * coupling(p - parent.values, step));
    });
}

/// The same where faces are alike and blocks whole: most blocks all at once.
void add_whole_blocks(const brick::Brick& brick, const multigrid::Places& parent, std::int32_t first, BrickRows<float>& rows)
{
    multigrid::for_each_block(brick, [&](unsigned pores, int x, int y, int z) {
        const std::int32_t* at = parent.row(y, z) + x;
        if (const auto faces = multigrid::faces_of_one(at, pores)) {
            for (std::size_t face = 0; face < brick::faces; ++face)
                if (const auto there = faces->there[face]; there != 0)
                    rows.add(faces->here - 1 - first, there - 1, faces->contacts(face));
            return;
        }
        for (unsigned bits = pores; bits != 0; bits &= bits - 1) {
            const auto corner = std::countr_zero(bits);
            const auto* p = parent.row(y + (corner >> 1 & 1), z + (corner >> 2)) + x + (corner & 1);
            for (const int step : multigrid::steps_beyond)
                if (p[step] != 0 && p[step] != *p) rows.add(*p - 1 - first, p[step] - 1, 1);
        }
    });
}

} // namespace

bool LaplaceProblem::blocks_are_whole() const
{
    const auto& shape = pores_.shape();
    const bool even = shape.nx % 2 == 0 && shape.ny % 2 == 0 && shape.nz % 2 == 0;
    return faces_alike() && (even || pores_.beyond() == Boundary::sealed);
}

LevelGraph<float> coarsen_finest(const LaplaceProblem& problem, float strength, FineAggregates& aggregates)
{
    const auto& pores = problem.pores();
    const bool harmonic = problem.law() == diffusion::Law::harmonic;

    // 1. aggregates, their numbers, and those of the ghosts; in the tile 0 is solid, so indices are shifted by one
    LevelGraph<float> level;
    level.graph.differences = harmonic || !pores.edges().cubic();
    auto parent = aggregate_pores(pores, [&](std::int32_t i) { return harmonic ? &problem.conductivity_tile(i) : nullptr; },
                                  strength, aggregates, level,
                                  {.fixed = [&](std::int32_t i) { return harmonic ? problem.fixed_of(i) : nullptr; }});
    share_nodes(pores, level, std::array{&parent});
    for (auto& p : parent) ++p;

    // 2. sums of couplings between aggregates
    const std::int32_t rows = level.code.size();
    multigrid::Places tile;
    BrickRows<float> brick_rows;
    for (std::int32_t i = 0; i < std::ssize(aggregates.first_node); ++i) {
        brick_rows.start(aggregates.count(i, rows));
        brick::unpack(pores.bricks()[i], pores.bricks(), parent.data(), tile);
        const auto first = aggregates.first_node[i];
        if (problem.blocks_are_whole()) {
            add_whole_blocks(pores.bricks()[i], tile, first, brick_rows);
        } else if (problem.faces_alike()) {
            add_brick(problem, i, tile, first, brick_rows, [](std::ptrdiff_t, int) { return 1.0F; });
        } else {
            const float* sigma = problem.conductivity_tile(i).values;
            add_brick(problem, i, tile, first, brick_rows, [&](std::ptrdiff_t at, int step) {
                const float here = sigma[at], there = sigma[at + step];
                return harmonic ? diffusion::coupling(here, there) : here * there;
            });
        }
        brick_rows.append_to(level, rows);
    }
    level.graph.dirichlet = problem.fixed_of_aggregates(aggregates, rows);
    return level;
}

std::vector<float> LaplaceProblem::fixed_of_aggregates(const FineAggregates& aggregates, std::int32_t count) const
{
    std::vector<float> fixed(count, 0.0F);
    std::vector<double> sums;
    for (std::int32_t i = 0; i < std::ssize(pores_.owned_bricks()); ++i) {
        if (!at_end(i, axis_)) continue;
        sums.assign(aggregates.count(i, count), 0.0);
        for_each_equation(i, [&](std::int32_t at, const diffusion::PoreEquation& equation) {
            sums[aggregates.of_pore[at]] += equation.dirichlet;
        });
        std::transform(sums.begin(), sums.end(), fixed.begin() + aggregates.first_node[i],
                       [](double sum) { return narrow(sum); });
    }
    return fixed;
}

} // namespace lapilli::solve
