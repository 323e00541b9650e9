// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/balanced_blocks.hpp"

#include "diffusion/coupling.hpp"

namespace lapilli::solve {

namespace {

using multigrid::CornerPlaces;
using multigrid::Corners;
using multigrid::Places;
using multigrid::steps_beyond;

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

/// Twice the energy inside a block that is one aggregate, all corners at once. @param pores  bits of its corners
double energy_of_one(const multigrid::SlicedMatrix& matrix, const LevelFlux<float>& above, unsigned pores,
                     const multigrid::BlockFaces& faces, const float* left)
{
    const auto& t = faces.there;
    const CornerPlaces there = CornerPlaces{t[0], t[1], t[2], t[3], t[4], t[5], 0, 0} - 1;
    Corners drop{};
    matrix.for_each_place(faces.here - 1, [&](std::size_t place, std::int32_t column) {
        drop = there == column ? Corners{} + above.drop[place] : drop;
    });
    const auto where = [&](std::size_t axis, const Corners& of_faces) {
        return faces.beyond[axis] != 0 ? of_faces : Corners{};
    };
    const Corners outflow = where(0, __builtin_shufflevector(drop, drop, 0, 1, 0, 1, 0, 1, 0, 1)) +
                            where(1, __builtin_shufflevector(drop, drop, 2, 2, 3, 3, 2, 2, 3, 3)) +
                            where(2, __builtin_shufflevector(drop, drop, 4, 4, 4, 4, 5, 5, 5, 5));
    const Corners balance = multigrid::block_at<Corners>(left, brick::edge, brick::rows) - outflow;
    return multigrid::energy_of_corners(pores, balance);
}

} // namespace

template <class Real>
BalancedBlocks<Real>::BalancedBlocks(const LaplaceProblem& problem, const FineAggregates& fine,
                                     const CoarseLevels<float>::Level& level, const LevelFlux<Real>& above)
    : problem_(problem), level_(level), above_(above), whole_(problem.blocks_are_whole()), nothing_(problem.pores().edges()),
      place_(places_of_aggregates(problem, fine, level))
{
}

template <class Real>
template <class Residual>
double BalancedBlocks<Real>::energy(std::int32_t brick, const Residual* r)
{
    const auto& b = problem_.pores().bricks()[brick];
    brick::unpack(b, problem_.pores().bricks(), place_.data(), places_);
    if (!alike) sigma_ = &problem_.conductivity_tile(brick);
    packed_.assign(r + b.first, r + b.first + b.pores);
    packed_.resize(packed_.size() + brick::field_padding);
    const float* fixed = problem_.fixed_of(brick);
    for (std::int32_t k = 0; k < b.pores; ++k)
        if (fixed[k] > 0) packed_[k] -= fixed[k] * above_.ground[place_[b.first + k] - 1];
    for (std::size_t i = 0; i < brick::rows; ++i)
        brick::expand_row(b.mask.row[i], packed_.data() + b.start[i], left_.data() + i * brick::edge);
    double sum = 0;
    multigrid::for_each_block(b, [&](unsigned pores, int x, int y, int z) {
        const std::ptrdiff_t at = places_.row(y, z) + x - places_.values;
        sum += energy_of_block(pores, at, left_.data() + (z * brick::edge + y) * brick::edge + x);
    });
    return sum;
}

/// @param pores  bits of its corners @param at  of its first voxel in tiles
template <class Real>
double BalancedBlocks<Real>::energy_of_block(unsigned pores, std::ptrdiff_t at, const Real* left)
{
    if constexpr (alike)
        if (whole_)
            if (const auto faces = multigrid::faces_of_one(places_.values + at, pores))
                return energy_of_one(level_.matrix, above_, pores, *faces, left);
    return energy_of_any(pores, at, left);
}

/// Of any block, corner by corner.
template <class Real>
double BalancedBlocks<Real>::energy_of_any(unsigned pores, std::ptrdiff_t at, const Real* left)
{
    std::array<std::int32_t, corners> aggregate; // in the order of their first corners
    std::array<multigrid::BlockNetwork<Real>, corners> network;
    std::size_t aggregates = 0;
    for (int c = 0; c < corners; ++c) {
        if ((pores >> c & 1) == 0) continue;
        const int x = c & 1, y = c >> 1 & 1, z = c >> 2;
        const std::ptrdiff_t pore = at + x + y * Places::row_stride + z * Places::plane_stride;
        std::size_t a = 0;
        while (a < aggregates && aggregate[a] != places_.values[pore]) ++a;
        if (a == aggregates) {
            aggregate[a] = places_.values[pore];
            network[a] = nothing_;
            ++aggregates;
        }
        network[a].add(c, left[x + y * brick::edge + z * brick::rows] - outflow(pore), alike ? 1.0F : sigma_->values[pore]);
    }
    double sum = 0;
    for (std::size_t a = 0; a < aggregates; ++a) sum += network[a].energy();
    return sum;
}

/// What leaves a pore for those of other aggregates. @param at  its place in tiles
template <class Real>
double BalancedBlocks<Real>::outflow(std::ptrdiff_t at) const
{
    const std::int32_t here = places_.values[at];
    double flow = 0;
    for (std::size_t face = 0; face < steps_beyond.size(); ++face) {
        const std::int32_t there = places_.values[at + steps_beyond[face]];
        if (there != 0 && there != here)
            flow += conductance(at, face) * above_.drop[level_.matrix.place(here - 1, there - 1)];
    }
    return flow;
}

/// Between a pore and the one beyond its face.
template <class Real>
double BalancedBlocks<Real>::conductance(std::ptrdiff_t at, std::size_t face) const
{
    if constexpr (alike) return 1;
    const float* s = sigma_->values + at;
    return widen(problem_.pores().edges().weight(all_axes[face / 2])) *
           widen(diffusion::coupling(s[0], s[steps_beyond[face]]));
}

template class BalancedBlocks<float>;
template class BalancedBlocks<double>;
template double BalancedBlocks<float>::energy(std::int32_t, const float*);
template double BalancedBlocks<double>::energy(std::int32_t, const float*);
template double BalancedBlocks<double>::energy(std::int32_t, const double*);

} // namespace lapilli::solve
