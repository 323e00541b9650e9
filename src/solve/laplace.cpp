// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/laplace.hpp"

#include "brick/morton.hpp"
#include "diffusion/coupling.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lapilli::solve {

namespace {

diffusion::EndLayers end_layers(const image::PoreSpace& pores, Axis axis, const brick::Brick& brick)
{
    diffusion::EndLayers ends{axis, -1, -1};
    if (pores.beyond() == Boundary::periodic) return ends;
    const auto p = brick::from_morton(brick.code);
    const std::int64_t first = (axis == Axis::x ? p.x : axis == Axis::y ? p.y : p.z) * brick::edge;
    const std::int64_t outlet = pores.shape().along(axis) - 1 - first;
    if (first == 0) ends.inlet = 0;
    if (outlet < brick::edge) ends.outlet = outlet;
    return ends;
}

/// Σ over the six neighbours of x, packed, of weight times x; where pores differ (`sigma`), of weight and coupling times the
/// difference of x to here.
template <class Real>
void sum_neighbours(const brick::Brick& brick, const EdgeRatios& edges, const brick::Tile<Real>& x,
                    const brick::Tile<float>* sigma, Real* sums)
{
    constexpr int row = brick::Tile<Real>::row_stride;
    constexpr int plane = brick::Tile<Real>::plane_stride;
    if (sigma == nullptr && edges.cubic()) {
        brick::pack(brick, x, sums, [](const Real* v, int i) {
            return ((v[i - 1] + v[i + 1]) + (v[i - row] + v[i + row])) + (v[i - plane] + v[i + plane]);
        });
        return;
    }
    const Real wx = edges.weight(Axis::x), wy = edges.weight(Axis::y), wz = edges.weight(Axis::z);
    if (sigma == nullptr) {
        brick::pack(brick, x, sums, [=](const Real* v, int i) {
            return (wx * (v[i - 1] + v[i + 1]) + wy * (v[i - row] + v[i + row])) + wz * (v[i - plane] + v[i + plane]);
        });
        return;
    }
    brick::pack(brick, x, sums, [&](const Real* v, int i) {
        const float* s = sigma->values + (v - x.values);
        const auto term = [&](int step) {
            return static_cast<Real>(diffusion::coupling(s[i], s[i + step])) * (v[i + step] - v[i]);
        };
        return (wx * (term(-1) + term(1)) + wy * (term(-row) + term(row))) + wz * (term(-plane) + term(plane));
    });
}

} // namespace

LaplaceProblem::~LaplaceProblem() = default;

LaplaceProblem::LaplaceProblem(const image::PoreSpace& pores, Axis axis, const std::vector<double>& conductivity)
    : pores_(pores), axis_(axis), law_(conductivity.size() > 1 ? diffusion::Law::harmonic : diffusion::Law::unit),
      scratch_(std::make_unique<Scratch>())
{
    if (law_ == diffusion::Law::harmonic) {
        sigma_ = pores.make_field<float>();
        for (std::size_t i = 0; i < pores.phases().size(); ++i)
            sigma_[i] = narrow(conductivity[pores.phases()[i] - std::size_t{1}]);
        pores.halo().run(sigma_.data());
    }
    make_diagonals();
}

LaplaceProblem::LaplaceProblem(const image::PoreSpace& pores, Axis axis, std::vector<float> root)
    : pores_(pores), axis_(axis), law_(diffusion::Law::product), sigma_(std::move(root)),
      scratch_(std::make_unique<Scratch>())
{
    pores.halo().run(sigma_.data());
    make_diagonals();
}

void LaplaceProblem::make_codes()
{
    code_.resize(pores_.pores());
    for (const auto& b : pores_.owned_bricks())
        diffusion::unit_codes(b, pores_.bricks(), end_layers(pores_, axis_, b), std::span(code_).subspan(b.first, b.pores));
}

void LaplaceProblem::make_diagonals()
{
    if (faces_alike()) return make_codes();
    diagonal_.resize(static_cast<std::size_t>(pores_.pores()) + brick::field_padding);
    for (std::int32_t i = 0; i < std::ssize(pores_.owned_bricks()); ++i) make_diagonals_of(i);
}

void LaplaceProblem::make_diagonals_of(std::int32_t brick)
{
    for_each_equation(brick, [&](std::int32_t at, const auto& equation) { diagonal_[at] = narrow(equation.diagonal); });
}

bool LaplaceProblem::at_end(std::int32_t brick, Axis axis) const
{
    const auto ends = end_layers(pores_, axis, pores_.bricks()[brick]);
    return ends.inlet >= 0 || ends.outlet >= 0;
}

void LaplaceProblem::turn_to(Axis axis)
{
    const Axis before = std::exchange(axis_, axis);
    if (faces_alike()) return make_codes();
    for (std::int32_t i = 0; i < std::ssize(pores_.owned_bricks()); ++i)
        if (at_end(i, before) || at_end(i, axis)) make_diagonals_of(i);
}

const brick::Tile<float>& LaplaceProblem::conductivity_tile(std::int32_t brick) const
{
    const auto& b = pores_.bricks()[brick];
    if (law_ == diffusion::Law::unit)
        brick::unpack_ones(b, pores_.bricks(), scratch_->sigma);
    else
        brick::unpack(b, pores_.bricks(), sigma_.data(), scratch_->sigma);
    return scratch_->sigma;
}

std::span<const diffusion::PoreEquation> LaplaceProblem::equations(std::int32_t brick) const
{
    const auto& b = pores_.bricks()[brick];
    scratch_->equations.resize(b.pores);
    diffusion::equations(b, conductivity_tile(brick), law_, pores_.edges(), end_layers(pores_, axis_, b),
                         scratch_->equations);
    return scratch_->equations;
}

LaplaceProblem::Pass LaplaceProblem::pass_of(std::int32_t brick, const float* x) const
{
    const auto& b = pores_.bricks()[brick];
    Pass pass{.brick = brick,
              .first = b.first,
              .count = b.pores,
              .self = x == nullptr ? nullptr : x + b.first,
              .sums = x == nullptr ? nullptr : scratch_->sums,
              .diagonals = scratch_->diagonal,
              .inverses = scratch_->inverse};
    if (faces_alike()) {
        const diffusion::UnitCode* code = code_.data() + b.first;
        for (std::int32_t i = 0; i < b.pores; ++i) { // without branches: eight at once
            const float diagonal = diffusion::diagonal_of(code[i]), positive = diagonal > 0 ? 1 : 0;
            scratch_->diagonal[i] = diagonal;
            scratch_->inverse[i] = positive / (diagonal + (1 - positive));
        }
        return pass;
    }
    pass.diagonals = diagonal_.data() + b.first;
    for (std::int32_t i = 0; i < b.pores; ++i) scratch_->inverse[i] = 1 / pass.diagonals[i];
    if (law_ == diffusion::Law::product) pass.scale = sigma_.data() + b.first;
    if (law_ == diffusion::Law::harmonic) pass.fixed = fixed_of(brick);
    return pass;
}

const float* LaplaceProblem::fixed_of(std::int32_t brick) const
{
    const auto& b = pores_.bricks()[brick];
    std::fill_n(scratch_->fixed, b.pores, 0.0F);
    const auto ends = end_layers(pores_, axis_, b);
    if (ends.inlet < 0 && ends.outlet < 0) return scratch_->fixed;
    brick::for_each_pore(b, [&](int row, int x, int pore) {
        const int layer = axis_ == Axis::x ? x : axis_ == Axis::y ? row % brick::edge : row / brick::edge;
        const int faces = (layer == ends.inlet ? 1 : 0) + (layer == ends.outlet ? 1 : 0);
        if (faces == 0) return;
        const float sigma = uniform() ? 1.0F : sigma_[b.first + pore];
        scratch_->fixed[pore] = 2 * faces * sigma * pores_.edges().weight(axis_);
    });
    return scratch_->fixed;
}

void LaplaceProblem::neighbour_sums(const brick::Brick& brick, const float* x) const
{
    brick::unpack(brick, pores_.bricks(), x, scratch_->tile);
    if (!uniform()) brick::unpack(brick, pores_.bricks(), sigma_.data(), scratch_->sigma);
    sum_neighbours(brick, pores_.edges(), scratch_->tile, uniform() ? nullptr : &scratch_->sigma, scratch_->sums);
}

template <class From, class Real>
void LaplaceProblem::residual_of(const From* field, Real* residual) const
{
    brick::Tile<double> tile;
    std::vector<double> sums(brick::rows * brick::edge + 2 * brick::field_padding);
    for (std::int32_t i = 0; i < std::ssize(pores_.owned_bricks()); ++i) {
        const auto& b = pores_.bricks()[i];
        if (!uniform()) brick::unpack(b, pores_.bricks(), sigma_.data(), scratch_->sigma);
        brick::unpack(b, pores_.bricks(), field, tile);
        sum_neighbours(b, pores_.edges(), tile, uniform() ? nullptr : &scratch_->sigma, sums.data());
        for_each_equation(i, [&](std::int32_t at, const diffusion::PoreEquation& equation) {
            const double own = uniform() ? equation.diagonal : equation.dirichlet;
            residual[at] = static_cast<Real>(equation.balance - own * field[at] + sums[at - b.first]);
        });
    }
}

template <class Real>
void LaplaceProblem::residual(std::vector<double>& field, Real* residual) const
{
    const auto ghosts = pores_.halo().ghosts_of<double>([&](std::int32_t i) { return field[i]; });
    std::copy(ghosts.begin(), ghosts.end(), field.begin() + pores_.pores());
    residual_of(field.data(), residual);
}

template <class Real>
void LaplaceProblem::residual(const double* base, float* correction, Real* residual) const
{
    if (base == nullptr) {
        pores_.halo().run(correction);
        return residual_of(correction, residual);
    }
    auto total = pores_.make_field<double>();
    for (std::int32_t i = 0; i < pores_.pores(); ++i) total[i] = base[i] + widen(correction[i]);
    this->residual(total, residual);
}

template void LaplaceProblem::residual(const double*, float*, float*) const;
template void LaplaceProblem::residual(std::vector<double>&, double*) const;

void LaplaceProblem::apply_in_double(float* x, double* y) const
{
    pores_.halo().run(x);
    brick::Tile<double> tile;
    std::vector<double> sums(brick::rows * brick::edge + 2 * brick::field_padding);
    for (std::int32_t i = 0; i < std::ssize(pores_.owned_bricks()); ++i) {
        const auto& b = pores_.bricks()[i];
        brick::unpack(b, pores_.bricks(), x, tile);
        if (!uniform()) brick::unpack(b, pores_.bricks(), sigma_.data(), scratch_->sigma);
        sum_neighbours(b, pores_.edges(), tile, uniform() ? nullptr : &scratch_->sigma, sums.data());
        const auto pass = pass_of(i, x);
        for (std::int32_t k = 0; k < b.pores; ++k) y[b.first + k] = widen(pass.own(k)) * x[b.first + k] - sums[k];
    }
}

std::size_t LaplaceProblem::bytes() const { return code_.size() + (sigma_.size() + diagonal_.size()) * sizeof(float); }

} // namespace lapilli::solve
