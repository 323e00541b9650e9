// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/tile.hpp"
#include "diffusion/unit_equation.hpp"
#include "image/pore_space.hpp"
#include "solve/multigrid.hpp"

#include <memory>
#include <vector>

namespace lapilli::solve {

/// ∇·(σ∇c) = 0 between two outer faces of the image with c = 1 and c = 0, sealed on the others, or in a periodic image with
/// a unit mean gradient: cell-centred finite volumes on the pores. The unknown g is the deviation from the unit gradient
/// down the axis, in voxels: A g = b. Conductances are those of EdgeRatios::weight().
class LaplaceProblem {
public:
    using Value = float;
    using Pass = ArrayPass;

    /// @param conductivity  of each phase, index phase - 1, relative to the largest. Collective (it exchanges the halo
    /// once).
    LaplaceProblem(const image::PoreSpace& pores, Axis axis, const std::vector<double>& conductivity);
    /// Law::product: s_i s_j is the conductance between two pores, 2 s_i² that to a fixed face. The unknown is s g.
    /// Collective.
    /// @param root  s > 0 of each pore, with room for ghosts
    LaplaceProblem(const image::PoreSpace& pores, Axis axis, std::vector<float> root);
    ~LaplaceProblem();

    const image::PoreSpace& pores() const { return pores_; }
    diffusion::Law law() const { return law_; }
    Axis axis() const { return axis_; }
    /// Whether all faces between pores conduct alike: 1.
    bool faces_alike() const { return law_ == diffusion::Law::unit && pores_.edges().cubic(); }
    /// Whether all of a block of 2 x 2 x 2 voxels that hangs together through faces inside it is one aggregate, and no face
    /// inside it leads elsewhere, as where a periodic image ends in the middle of a block.
    bool blocks_are_whole() const;
    std::vector<float> make_field() const { return pores_.make_field<float>(); }
    /// s of the product law, of each pore and ghost.
    const std::vector<float>& root() const { return sigma_; }
    /// From now on the gradient is along `axis`. Of the matrix nothing changes but the couplings to fixed values, of which
    /// periodic images have none: whatever else was made from it stays good.
    void turn_to(Axis axis);

    /// One pass over the bricks in which every pore sees its neighbours. Calls visit(Pass) once a brick, those without
    /// ghosts first, while the ghosts of `x` travel. Collective over neighbours.
    template <class Visit>
    void sweep(float* x, Visit&& visit) const;

    /// The same on x = factor · D⁻¹ r, D the diagonal, which is written to `scratch`. Collective over neighbours.
    template <class Visit>
    void sweep_scaled(const float* r, float factor, std::vector<float>& scratch, Visit&& visit) const;

    /// One pass over the bricks without neighbours: visit(Pass) without sums. Local.
    template <class Visit>
    void for_each_brick(Visit&& visit) const;

    /// Calls visit(place in fields, equation) for each pore of one owned brick.
    template <class Visit>
    void for_each_equation(std::int32_t brick, Visit&& visit) const;
    /// Conductivity (root) of a brick and its halo; valid until the next call.
    const brick::Tile<float>& conductivity_tile(std::int32_t brick) const;
    /// Couplings of the pores of an owned brick to fixed values on the outer faces; valid until the next call.
    /// Not of Law::product.
    const float* fixed_of(std::int32_t brick) const;
    /// Couplings of aggregates to fixed values. Local. @param count  of aggregates on this rank
    std::vector<float> fixed_of_aggregates(const FineAggregates& aggregates, std::int32_t count) const;

    /// b - A (base + correction) in double, to `residual`. The base may be absent (nullptr). Ghosts of the correction are
    /// filled. Collective.
    template <class Real>
    void residual(const double* base, float* correction, Real* residual) const;
    /// The same of a field in double, whose ghosts are filled.
    template <class Real>
    void residual(std::vector<double>& field, Real* residual) const;

    /// A x in double. Collective.
    void apply_in_double(float* x, double* y) const;

    std::size_t bytes() const;

private:
    struct Scratch;
    void make_codes();
    void make_diagonals();
    void make_diagonals_of(std::int32_t brick);
    bool at_end(std::int32_t brick, Axis axis) const;
    std::span<const diffusion::PoreEquation> equations(std::int32_t brick) const;
    template <class From, class Real>
    void residual_of(const From* field, Real* residual) const;
    Pass pass_of(std::int32_t brick, const float* x) const;
    void neighbour_sums(const brick::Brick& brick, const float* x) const;
    bool uniform() const { return law_ != diffusion::Law::harmonic; }

    const image::PoreSpace& pores_;
    Axis axis_;
    diffusion::Law law_;
    std::vector<float> sigma_;              ///< conductivity or its root of each pore and ghost; empty: 1
    std::vector<diffusion::UnitCode> code_; ///< of the equation of each pore where all faces are alike
    std::vector<float> diagonal_;           ///< else
    std::unique_ptr<Scratch> scratch_;
};

/// The first coarse level. Collective.
LevelGraph<float> coarsen_finest(const LaplaceProblem& problem, float strength, FineAggregates& aggregates);

struct LaplaceProblem::Scratch {
    brick::Tile<float> tile;
    brick::Tile<float> sigma;
    alignas(64) float sums[brick::rows * brick::edge + 2 * brick::field_padding];
    alignas(64) float diagonal[brick::rows * brick::edge];
    alignas(64) float inverse[brick::rows * brick::edge];
    alignas(64) float fixed[brick::rows * brick::edge];
    std::vector<diffusion::PoreEquation> equations;
};

template <class Visit>
void LaplaceProblem::for_each_equation(std::int32_t brick, Visit&& visit) const
{
    const auto& b = pores_.bricks()[brick];
    if (faces_alike()) {
        const diffusion::UnitCode* code = code_.data() + b.first;
        for (std::int32_t k = 0; k < b.pores; ++k) visit(b.first + k, diffusion::equation_of(code[k]));
        return;
    }
    std::int32_t at = b.first;
    for (const auto& equation : equations(brick)) visit(at++, equation);
}

template <class Visit>
void LaplaceProblem::sweep(float* x, Visit&& visit) const
{
    const auto pass = [&](std::int32_t i) {
        neighbour_sums(pores_.bricks()[i], x);
        visit(pass_of(i, x));
    };
    pores_.halo().start(x);
    for (const std::int32_t i : pores_.interior()) pass(i);
    pores_.halo().finish(x);
    for (const std::int32_t i : pores_.boundary()) pass(i);
}

template <class Visit>
void LaplaceProblem::sweep_scaled(const float* r, float factor, std::vector<float>& scratch, Visit&& visit) const
{
    for_each_brick([&](const Pass& p) {
        const float* b = r + p.first;
        float* x = scratch.data() + p.first;
        for (std::int32_t i = 0; i < p.count; ++i) x[i] = factor * (b[i] * p.inverse(i));
    });
    sweep(scratch.data(), visit);
}

template <class Visit>
void LaplaceProblem::for_each_brick(Visit&& visit) const
{
    for (std::int32_t i = 0; i < std::ssize(pores_.owned_bricks()); ++i) visit(pass_of(i, nullptr));
}

} // namespace lapilli::solve
