// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/tile.hpp"
#include "diffusion/equation.hpp"
#include "image/pore_space.hpp"

#include <memory>
#include <vector>

namespace lapilli::solve {

/// ∇·(σ∇c) = 0 between two outer faces of the image with c = 1 and c = 0, sealed on the others, or in a periodic image with
/// a unit mean gradient: cell-centred finite volumes on the pores. The unknown g is the deviation from the unit gradient
/// down the axis, in voxels: A g = b.
class LaplaceProblem {
public:
    /// @param conductivity  of each phase, index phase - 1, relative to the largest. Collective (it exchanges the halo
    /// once).
    LaplaceProblem(const image::PoreSpace& pores, Axis axis, const std::vector<double>& conductivity);

    const image::PoreSpace& pores() const { return pores_; }
    bool uniform() const { return sigma_.empty(); }
    Axis axis() const { return axis_; }
    /// From now on the gradient is along `axis`. Periodic images only: their matrix does not depend on the axis, so whatever
    /// was made from it stays good.
    void turn_to(Axis axis) { axis_ = axis; }

    /// One pass over the bricks in which every pore sees its neighbours. Calls visit(Pass) once a brick, those without
    /// ghosts first, while the ghosts of `x` travel. Collective over neighbours.
    struct Pass {
        std::int32_t brick;
        std::int32_t first; ///< index of the brick's first pore in fields
        std::int32_t pores;
        const float* sums;     ///< Σ_j c_ij x_j, per pore of the brick
        const float* diagonal; ///< per pore of the brick
    };
    template <class Visit>
    void sweep(float* x, Visit&& visit) const;

    /// One pass over the bricks without neighbours: visit(Pass) with sums = nullptr. Local.
    template <class Visit>
    void for_each_brick(Visit&& visit) const;

    /// The equations of the pores of one owned brick; valid until the next call.
    std::span<const diffusion::PoreEquation> equations(std::int32_t brick) const;
    /// Conductivity of a brick and its halo; valid until the next call.
    const brick::Tile<float>& conductivity_tile(std::int32_t brick) const;

    /// b - A (base + correction) in double, to `residual`. Either part may be absent (nullptr). Collective.
    void residual(const double* base, const float* correction, float* residual) const;

    std::size_t bytes() const;

private:
    struct Scratch;
    const float* diagonal_of(const brick::Brick& brick) const;
    void neighbour_sums(const brick::Brick& brick, const float* x) const;

    const image::PoreSpace& pores_;
    Axis axis_;
    std::vector<float> sigma_;         ///< of each pore and ghost; empty: 1
    std::vector<std::uint8_t> degree_; ///< diagonal where pores are all alike: a small integer
    std::vector<float> diagonal_;      ///< else
    std::unique_ptr<Scratch> scratch_;

public:
    ~LaplaceProblem();
};

struct LaplaceProblem::Scratch {
    brick::Tile<float> tile;
    brick::Tile<float> sigma;
    alignas(64) float sums[brick::rows * brick::edge + 2 * brick::field_padding];
    alignas(64) float diagonal[brick::rows * brick::edge];
    std::vector<diffusion::PoreEquation> equations;
};

template <class Visit>
void LaplaceProblem::sweep(float* x, Visit&& visit) const
{
    const auto pass = [&](std::int32_t i) {
        const auto& b = pores_.bricks()[static_cast<std::size_t>(i)];
        neighbour_sums(b, x);
        visit(Pass{i, b.first, b.pores, scratch_->sums, diagonal_of(b)});
    };
    pores_.halo().start(x);
    for (const std::int32_t i : pores_.interior()) pass(i);
    pores_.halo().finish(x);
    for (const std::int32_t i : pores_.boundary()) pass(i);
}

template <class Visit>
void LaplaceProblem::for_each_brick(Visit&& visit) const
{
    std::int32_t i = 0;
    for (const auto& b : pores_.owned_bricks()) visit(Pass{i++, b.first, b.pores, nullptr, diagonal_of(b)});
}

} // namespace lapilli::solve
