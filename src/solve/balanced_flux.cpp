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
        for (std::int32_t i = brick.first; i < brick.first + brick.pores; ++i)
            place[i] = level.first_mine + fine.first_node[b] + fine.of_pore[i] + 1;
    }
    const auto ghosts = pores.halo().ghosts_of<std::int64_t>([&](std::int32_t i) { return level.first + place[i] - 1; });
    for (std::size_t k = 0; k < ghosts.size(); ++k) place[pores.pores() + k] = level.local_index(ghosts[k]) + 1;
    return place;
}

/// Balances inside the aggregates of the finest level what the flux between them leaves out of balance there.
template <class Real>
class FinestLevel {
public:
    FinestLevel(const LaplaceProblem& problem, const FineAggregates& fine, const CoarseLevels<float>::Level& level,
                const LevelFlux<Real>& above)
        : problem_(problem), fine_(fine), level_(level), above_(above), whole_(blocks_are_whole(problem)),
          nothing_(problem.pores().edges()), place_(places_of_aggregates(problem, fine, level))
    {
        const auto weight = [&](Axis axis) { return widen(problem.pores().edges().weight(axis)); };
        weights_ = {weight(Axis::z), weight(Axis::y), weight(Axis::x), weight(Axis::x), weight(Axis::y), weight(Axis::z)};
    }

    /// Twice the energy inside a brick, of a residual.
    template <class Residual>
    double energy(std::int32_t brick, const Residual* r)
    {
        const auto& b = problem_.pores().bricks()[brick];
        const auto first = level_.first_mine + fine_.first_node[brick];
        brick::unpack(b, problem_.pores().bricks(), place_.data(), tile_);
        const float* fixed = problem_.fixed_of(brick);
        const float* sigma = alike ? nullptr : problem_.conductivity_tile(brick).values;
        blocks_.clear();
        brick::for_each_pore(b, [&](int row, int x, int pore) {
            const auto* p = tile_.row(row % brick::edge, row / brick::edge) + x;
            auto& block = block_at(*p - 1 - first);
            double left = r[b.first + pore];
            if (fixed[pore] > 0) left -= fixed[pore] * above_.ground[*p - 1];
            const int corner = (x & 1) | (row & 1) << 1 | (row / brick::edge & 1) << 2;
            const auto directions = whole_ ? std::span<const std::uint8_t>(outward[corner]) : std::span(all_steps);
            const float* s = alike ? nullptr : sigma + (p - tile_.values);
            for (const std::size_t d : directions) {
                if (p[steps[d]] == 0 || p[steps[d]] == *p) continue;
                const double drop = drop_to(block, d, p);
                left -= alike ? drop : weights_[d] * widen(diffusion::coupling(s[0], s[steps[d]])) * drop;
            }
            block.network.add(corner, left, alike ? 1.0F : s[0]);
        });
        double sum = 0;
        for (const auto& block : blocks_) sum += block.network.energy();
        return sum;
    }

private:
    static constexpr bool alike = std::is_same_v<Real, float>;

    Block<Real>& block_at(std::size_t at)
    {
        if (at >= blocks_.size()) blocks_.resize(at + 1, {.network = nothing_});
        return blocks_[at];
    }
    /// Between the aggregates of a pore and of its neighbour in a direction. @param p  the pore in the tile
    double drop_to(Block<Real>& block, std::size_t direction, const std::int32_t* p) const
    {
        const std::int32_t there = p[steps[direction]];
        if (block.neighbour[direction] != there) {
            block.neighbour[direction] = there;
            block.drop[direction] = above_.drop[level_.matrix.place(*p - 1, there - 1)];
        }
        return block.drop[direction];
    }

    const LaplaceProblem& problem_;
    const FineAggregates& fine_;
    const CoarseLevels<float>::Level& level_;
    const LevelFlux<Real>& above_;
    bool whole_;
    multigrid::BlockNetwork<Real> nothing_;
    std::vector<std::int32_t> place_;
    std::array<double, 6> weights_{};
    std::vector<Block<Real>> blocks_;
    Tile tile_;
};

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
        for (std::int32_t i = brick.first; i < brick.first + brick.pores; ++i) {
            const auto at = first + fine.of_pore[i];
            if (at >= sums.size()) sums.resize(at + 1);
            sums[at] += r[i];
        }
    }

    // 2. its flux, and what is left to the aggregates
    sum::ExactSum energy;
    const auto above = balance<Real>(coarse, std::move(sums), energy);
    if (!above) return std::nullopt;
    FinestLevel<Real> finest(problem, fine, level, *above);
    for (std::int32_t b = 0; b < std::ssize(fine.first_node); ++b) energy.add(finest.energy(b, r));
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
