// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/staggered_grid.hpp"
#include "stokes/faces.hpp"
#include "sum/exact_sum.hpp"

#include <array>
#include <type_traits>
#include <vector>

namespace lapilli::solve {

/// Creeping flow through the pores, -∇²u + ∇p = f and ∇·u = 0, with no slip at the walls, driven by a unit mean gradient of
/// the pressure down one axis: K x = b on the marker-and-cell grid, in units of viscosity and voxels: components of the
/// velocity in edges along them, gradients in pressure per edge. The pressure in x is the deviation from the unit gradient,
/// 0 on inlet and outlet plane. K = [A G; Gᵀ 0] is symmetric.
class StokesProblem {
public:
    /// @param axis  of the mean gradient; the flow axis of the grid if that has one
    StokesProblem(const StaggeredGrid& grid, Axis axis, stokes::Walls walls) : grid_(grid), weight_(walls) { turn_to(axis); }
    /// From now on the gradient is along `axis`. Periodic images only: K does not depend on it.
    void turn_to(Axis axis)
    {
        axis_ = axis;
        unit_ = Float4{};
        unit_[index(axis)] = 1;
    }

    const StaggeredGrid& grid() const { return grid_; }
    Axis axis() const { return axis_; }

    /// y = K x, with exact sums on the way. Collective.
    /// @param visit  called as visit(first, count, x, y) for rows that follow each other; x and y from the first of them on
    template <class Visit>
    void apply(Float4* x, Float4* y, Visit&& visit) const;
    /// r = b - K (base + correction) in double. Base may be absent (nullptr); the ghosts of both are filled.
    /// Collective.
    void residual(std::vector<Double4>* base, Float4* correction, Float4* r) const;
    /// rhs = r - G p in the velocities, 0 in the pressures. Collective.
    /// @param r  called as r(row)
    /// @param p  of each pore, with room for ghosts
    template <class Load>
    void subtract_gradient(Load&& r, std::vector<float>& p, std::vector<Float4>& rhs) const;

    /// Velocities of a pore at its centre, the means of the fluxes through opposite faces, and on its lower faces.
    struct Centre {
        Float4 mean, faces;
    };
    /// Calls visit(first, count, centre) for the owned pores of every brick, centre(i) being the Centre of pore first + i.
    /// Collective.
    template <class Visit>
    void for_each_brick_of_centres(std::vector<Float4>& x, Visit&& visit) const;

    /// b of one row: the opening of its lower face across the axis. The other lanes are 0.
    Float4 drive(std::int32_t row) const
    {
        const Float4 b = lower_weights(row) * unit_;
        return grid_.rows()[row].end != 0 ? 0.5F * b : b;
    }
    float drive_along_axis(std::int32_t row) const
    {
        const float b = lower_weights(row)[index(axis_)];
        return grid_.rows()[row].end != 0 ? 0.5F * b : b;
    }
    Float4 lower_weights(std::int32_t row) const { return weight_(grid_.weights()[row].lower); }
    Float4 upper_weights(std::int32_t row) const { return weight_(grid_.weights()[row].upper); }

private:
    /// K x of rows of one brick, one after another. Vector is Float4 or Double4.
    template <class Vector>
    class Rows;

    const StaggeredGrid& grid_;
    Axis axis_{};
    Float4 unit_{}; ///< along the axis
    stokes::FaceWeights weight_;
};

template <class Vector>
class StokesProblem::Rows {
public:
    Rows(const StokesProblem& problem, const StaggeredGrid::Block<Vector>& block) : problem_(problem), block_(block)
    {
        for (const Axis axis : all_axes) along_[index(axis)] = problem.grid_.laplacian().coupling<Vector>(axis);
    }
    Vector operator()(std::int32_t i) const
    {
        const auto& grid = problem_.grid_;
        const std::uint16_t* around = block_.around + std::ptrdiff_t{i} * 6;
        const Vector *cells = block_.cells, x = block_.self[i];
        const Vector &xl = cells[around[0]], &xu = cells[around[1]], &yl = cells[around[2]], &yu = cells[around[3]],
                     &zl = cells[around[4]], &zu = cells[around[5]];
        const std::int32_t at = block_.first + i;
        const auto& cell = grid.rows()[at];
        const auto diagonal = grid.diagonal_of<Vector>(cell);
        const Vector lower = convert(problem_.lower_weights(at)), upper = convert(problem_.upper_weights(at));

        const Vector sums = (along_[0] * (xl + xu) + along_[1] * (yl + yu)) + along_[2] * (zl + zu);
        Vector friction = diagonal * x - sums;
        if (cell.end != 0) {
            const int a = index(*grid.flow());
            if (cell.end == StaggeredGrid::at_inlet) friction[a] -= cells[around[2 * a + 1]][a]; // the mirror image
            friction[a] /= 2;                                                                    // half a volume
        }
        const Vector below{xl[3], yl[3], zl[3], x[3]}, above{xu[0], yu[1], zu[2], 0};
        const Vector inflow = lower * x - upper * above; // Gᵀ = - divergence
        Vector y = friction + lower * (x[3] - below);
        y = diagonal > Vector{} ? y : Vector{};
        y[3] = block_.outlets ? 0 : (inflow[0] + inflow[1]) + inflow[2];
        return y;
    }

private:
    static Vector convert(Float4 v)
    {
        if constexpr (std::is_same_v<Vector, Float4>)
            return v;
        else
            return widen(v);
    }

    const StokesProblem& problem_;
    const StaggeredGrid::Block<Vector>& block_;
    std::array<Vector, 3> along_;
};

template <class Load>
void StokesProblem::subtract_gradient(Load&& r, std::vector<float>& p, std::vector<Float4>& rhs) const
{
    grid_.pores().halo().run(p.data());
    std::vector<float> buffer(grid_.buffer_size());
    const auto pressure = [&](std::int32_t at) { return at < grid_.first_outlet() ? p[at] : 0.0F; };
    for (std::int32_t b = 0; b < grid_.bricks(); ++b)
        grid_.sweep_brick(b, pressure, buffer, [&](const StaggeredGrid::Block<float>& block) {
            const std::uint16_t* around = block.around;
            for (std::int32_t i = 0; i < block.count; ++i, around += 6) {
                const float here = block.self[i];
                const Float4 below{block.cells[around[0]], block.cells[around[2]], block.cells[around[4]], here};
                Float4 left = r(block.first + i) - lower_weights(block.first + i) * (here - below);
                left[3] = 0;
                rhs[block.first + i] = left;
            }
        });
}

template <class Visit>
void StokesProblem::for_each_brick_of_centres(std::vector<Float4>& x, Visit&& visit) const
{
    constexpr Float4 velocities{1, 1, 1, 0};
    grid_.sweep(x.data(), [&](const StaggeredGrid::Block<Float4>& block) {
        if (block.outlets) return;
        visit(block.first, block.count, [&](std::int32_t i) -> Centre {
            const std::int32_t at = block.first + i;
            const std::uint16_t* around = block.around + std::ptrdiff_t{i} * 6;
            const Float4 here = block.self[i] * velocities;
            const Float4 above{block.cells[around[1]][0], block.cells[around[3]][1], block.cells[around[5]][2], 0};
            return {0.5F * (lower_weights(at) * here + upper_weights(at) * above), here};
        });
    });
}

template <class Visit>
void StokesProblem::apply(Float4* x, Float4* y, Visit&& visit) const
{
    grid_.sweep(x, [&](const StaggeredGrid::Block<Float4>& block) {
        Float4* to = y + block.first;
        const Rows<Float4> rows(*this, block);
        for (std::int32_t i = 0; i < block.count; ++i) to[i] = rows(i);
        visit(block.first, block.count, x + block.first, to);
    });
}

} // namespace lapilli::solve
