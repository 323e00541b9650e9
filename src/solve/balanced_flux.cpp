// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/balanced_flux.hpp"

#include "brick/beside.hpp"
#include "diffusion/coupling.hpp"
#include "multigrid/block_network.hpp"
#include "parallel/exact_total.hpp"
#include "solve/balanced_levels.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <type_traits>

namespace lapilli::solve {

namespace {

/// An aggregate of the finest level while it is being balanced, and the drops to its neighbours that were last looked up.
template <class Real>
struct Block {
    multigrid::BlockNetwork<Real> network;
    std::array<std::int32_t, brick::faces> neighbour{-1, -1, -1, -1, -1, -1}; ///< beyond each face: place
    std::array<Real, brick::faces> drop{};
};

/// Whether all of a block that hangs together through faces inside it is one aggregate, and no face inside it is one to
/// elsewhere, as where a periodic image ends in the middle of a block.
bool blocks_are_whole(const LaplaceProblem& problem)
{
    const auto& shape = problem.pores().shape();
    const bool even = shape.nx % 2 == 0 && shape.ny % 2 == 0 && shape.nz % 2 == 0;
    return problem.faces_alike() && (even || problem.pores().beyond() == Boundary::sealed);
}

/// The place on the first coarse level of the aggregate of each pore and ghost.
std::vector<std::int32_t> places_of_aggregates(const LaplaceProblem& problem, const FineAggregates& fine,
                                               const CoarseLevels<float>::Level& level)
{
    const auto& pores = problem.pores();
    auto place = pores.make_field<std::int32_t>();
    for (std::size_t b = 0; b < fine.first_node.size(); ++b) {
        const auto& brick = pores.bricks()[b];
        for (std::int32_t i = brick.first; i < brick.first + brick.pores; ++i)
            place[i] = level.first_mine + fine.first_node[b] + fine.of_pore[i];
    }
    const auto ghosts = pores.halo().ghosts_of<std::int64_t>([&](std::int32_t i) { return level.first + place[i]; });
    for (std::size_t k = 0; k < ghosts.size(); ++k) place[pores.pores() + k] = level.local_index(ghosts[k]);
    return place;
}

/// Balances inside the aggregates of the finest level what the flux between them leaves out of balance there.
template <class Real>
class FinestLevel {
public:
    FinestLevel(const LaplaceProblem& problem, const FineAggregates& fine, const CoarseLevels<float>::Level& level,
                const LevelFlux<Real>& above)
        : problem_(problem), fine_(fine), level_(level), above_(above),
          whole_(blocks_are_whole(problem)), nothing_{.network = multigrid::BlockNetwork<Real>(problem.pores().edges())},
          place_(places_of_aggregates(problem, fine, level))
    {
    }

    /// Twice the energy inside a brick, of a residual.
    template <class Residual>
    double energy(std::int32_t brick, const Residual* r)
    {
        const auto& b = problem_.pores().bricks()[brick];
        aggregate_ = fine_.of_pore.data() + b.first;
        blocks_.assign(std::size_t{1} + *std::max_element(aggregate_, aggregate_ + b.pores), nothing_);
        if (!alike) sigma_ = &problem_.conductivity_tile(brick);
        left_.assign(r + b.first, r + b.first + b.pores);
        const float* fixed = problem_.fixed_of(brick);
        for (std::int32_t k = 0; k < b.pores; ++k)
            if (fixed[k] > 0) left_[k] -= fixed[k] * above_.ground[place_[b.first + k]];
        for (const int face : {brick::x_upper, brick::y_upper, brick::z_upper}) flow_inside(b, face);
        flow_across(b);
        return balanced(b);
    }

private:
    static constexpr bool alike = std::is_same_v<Real, float>;

    void flow_inside(const brick::Brick& b, int face);
    void flow_across(const brick::Brick& b);
    double drop_to(Block<Real>& block, int face, std::int32_t here, std::int32_t there) const;
    double conductance(int face, int row, int x) const;
    double balanced(const brick::Brick& b);

    const LaplaceProblem& problem_;
    const FineAggregates& fine_;
    const CoarseLevels<float>::Level& level_;
    const LevelFlux<Real>& above_;
    bool whole_;
    Block<Real> nothing_;
    std::vector<std::int32_t> place_;
    // of the brick at work
    const std::uint16_t* aggregate_ = nullptr;  ///< of each pore
    const brick::Tile<float>* sigma_ = nullptr; ///< where pores are not alike
    std::vector<double> left_;                  ///< out of balance, of each pore
    std::vector<Block<Real>> blocks_;
};

/// From each pore to the next along an axis, both in the brick: what leaves one comes to the other.
template <class Real>
void FinestLevel<Real>::flow_inside(const brick::Brick& b, int face)
{
    const int axis = face / 2, step = axis == 0 ? 0 : axis == 1 ? 1 : brick::edge;
    for (int r = 0; r < brick::rows; ++r) {
        const std::size_t row = r;
        const int coordinate = axis == 1 ? r % brick::edge : r / brick::edge;
        if (axis > 0 && (coordinate + 1 == brick::edge || (whole_ && coordinate % 2 == 0))) continue;
        const unsigned own = b.mask.row[row];
        unsigned pairs = axis == 0 ? own & own >> 1U & (whole_ ? 0xaaaaU : 0xffffU) : own & b.mask.row[row + step];
        for (; pairs != 0; pairs &= pairs - 1) {
            const int x = std::countr_zero(pairs);
            const std::int32_t here = b.index(r, x), there = axis == 0 ? here + 1 : b.index(r + step, x);
            const auto a = aggregate_[here - b.first], c = aggregate_[there - b.first];
            if (a == c) continue;
            const double flow = conductance(face, r, x) * drop_to(blocks_[a], face, place_[here], place_[there]);
            left_[here - b.first] -= flow;
            left_[there - b.first] += flow;
        }
    }
}

/// From pores to those of other bricks, which have their own account.
template <class Real>
void FinestLevel<Real>::flow_across(const brick::Brick& b)
{
    brick::for_each_beside(b, problem_.pores().bricks(), [&](int face, int r, int x, std::int32_t there) {
        const std::int32_t here = b.index(r, x);
        if (place_[here] == place_[there]) return;
        auto& block = blocks_[aggregate_[here - b.first]];
        left_[here - b.first] -= conductance(face, r, x) * drop_to(block, face, place_[here], place_[there]);
    });
}

/// Between two aggregates. @param here, there  their places
template <class Real>
double FinestLevel<Real>::drop_to(Block<Real>& block, int face, std::int32_t here, std::int32_t there) const
{
    if (block.neighbour[face] != there) {
        block.neighbour[face] = there;
        block.drop[face] = above_.drop[level_.matrix.place(here, there)];
    }
    return block.drop[face];
}

/// Between a pore and the one beyond its face.
template <class Real>
double FinestLevel<Real>::conductance(int face, int row, int x) const
{
    if constexpr (alike) return 1;
    using Tile = brick::Tile<float>;
    constexpr std::array<int, 3> strides{1, Tile::row_stride, Tile::plane_stride};
    const float* s = sigma_->row(row % brick::edge, row / brick::edge) + x;
    const int step = face % 2 == 0 ? -strides[face / 2] : strides[face / 2];
    return widen(problem_.pores().edges().weight(all_axes[face / 2])) * widen(diffusion::coupling(s[0], s[step]));
}

template <class Real>
double FinestLevel<Real>::balanced(const brick::Brick& b)
{
    brick::for_each_pore(b, [&](int row, int x, int pore) {
        const int corner = (x & 1) | (row & 1) << 1 | (row / brick::edge & 1) << 2;
        float sigma = 1;
        if constexpr (!alike) sigma = sigma_->row(row % brick::edge, row / brick::edge)[x];
        blocks_[aggregate_[pore]].network.add(corner, left_[pore], sigma);
    });
    double sum = 0;
    for (const auto& block : blocks_) sum += block.network.energy();
    return sum;
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
