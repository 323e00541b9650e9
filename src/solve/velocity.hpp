// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/multigrid.hpp"
#include "solve/staggered_grid.hpp"

#include <algorithm>
#include <array>

namespace lapilli::solve {

/// The three velocity components with no slip at the walls, A u = b, in units of viscosity and voxels, see
/// stokes::FaceLaplacian. Half volumes on the inlet and outlet planes have half an equation, so that A is symmetric. Lane 3
/// of all values is 0.
class VelocityProblem {
public:
    using Value = Float4;

    explicit VelocityProblem(const StaggeredGrid& grid) : grid_(grid) {}

    const StaggeredGrid& grid() const { return grid_; }
    const image::PoreSpace& pores() const { return grid_.pores(); }
    std::vector<Float4> make_field() const { return grid_.make_field<Float4>(); }
    /// What walls add to the diagonals, in parts of what these are far from walls: 0.1 where pores are some six voxels wide,
    /// 0.01 where they are sixty. Collective.
    double held_by_walls() const;

    /// As in LaplaceProblem, some rows at a time. Collective over neighbours.
    template <class Visit>
    void sweep(Float4* x, Visit&& visit) const
    {
        sweep(
            x, [x](std::int32_t at) { return x[at]; }, visit);
    }
    /// As in LaplaceProblem; the field is made on the way and never stored. Collective over neighbours.
    template <class Visit>
    void sweep_scaled(Float4* r, float factor, std::vector<Float4>& scratch, Visit&& visit) const;
    /// Without sums. Local.
    template <class Visit>
    void for_each_brick(Visit&& visit) const;

private:
    static constexpr std::int32_t rows_at_once = 64; // what is scratch to them stays in the first-level cache
    struct Scratch {
        std::array<Float4, rows_at_once> sums, diagonal, inverse, open;
    };
    template <class Load, class Visit>
    void sweep(Float4* x, Load&& load, Visit&& visit) const;
    void diagonals(std::int32_t first, std::int32_t count, bool at_end, Scratch& scratch) const;
    void neighbour_sums(const StaggeredGrid::Block<Float4>& block, std::int32_t from, std::int32_t count,
                        Scratch& scratch) const;

    const StaggeredGrid& grid_;
};

/// The first coarse level of all three components, on the aggregates of their cells. Collective.
LevelGraph<Float4> coarsen_finest(const VelocityProblem& problem, float strength, FineAggregates& aggregates);

template <class Load, class Visit>
void VelocityProblem::sweep(Float4* x, Load&& load, Visit&& visit) const
{
    Scratch scratch;
    grid_.sweep(x, load, [&](const StaggeredGrid::Block<Float4>& block) {
        for (std::int32_t from = 0; from < block.count; from += rows_at_once) {
            const std::int32_t count = std::min(rows_at_once, block.count - from);
            diagonals(block.first + from, count, block.at_end, scratch);
            neighbour_sums(block, from, count, scratch);
            visit(Pass<Float4>{.brick = block.brick,
                               .first = block.first + from,
                               .count = count,
                               .self = block.self + from,
                               .sums = scratch.sums.data(),
                               .diagonal = scratch.diagonal.data(),
                               .inverse = scratch.inverse.data()});
        }
    });
}

template <class Visit>
void VelocityProblem::sweep_scaled(Float4* r, float factor, std::vector<Float4>&, Visit&& visit) const
{
    const auto* rows = grid_.rows();
    sweep(
        r,
        [&](std::int32_t at) {
            Float4 scaled = factor * (r[at] * grid_.inverse_of(rows[at]));
            if (rows[at].end != 0) scaled /= volume_of(rows[at], grid_.flow());
            return scaled;
        },
        visit);
}

template <class Visit>
void VelocityProblem::for_each_brick(Visit&& visit) const
{
    Scratch scratch;
    grid_.for_each_brick([&](std::int32_t brick, std::int32_t first, std::int32_t rows) {
        for (std::int32_t from = 0; from < rows; from += rows_at_once) {
            const std::int32_t count = std::min(rows_at_once, rows - from);
            diagonals(first + from, count, grid_.at_end(brick), scratch);
            const Float4 one{1, 1, 1, 0};
            for (std::int32_t i = 0; i < count; ++i) scratch.open[i] = scratch.diagonal[i] > Float4{} ? one : Float4{};
            visit(Pass<Float4>{.brick = brick,
                               .first = first + from,
                               .count = count,
                               .diagonal = scratch.diagonal.data(),
                               .inverse = scratch.inverse.data(),
                               .scale = scratch.open.data()});
        }
    });
}

} // namespace lapilli::solve
