// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/multigrid.hpp"
#include "solve/staggered_grid.hpp"

#include <array>

namespace lapilli::solve {

/// What a pass over velocities shows of the rows of one brick that follow each other, see ArrayPass: made when it is asked
/// for, from a code of the diagonals and from the neighbours.
class VelocityPass {
public:
    std::int32_t brick = 0;
    std::int32_t first = 0; ///< place in fields of its first row
    std::int32_t count = 0;

    VelocityPass(const StaggeredGrid& grid, std::int32_t of_brick, std::int32_t first_row, std::int32_t rows)
        : brick(of_brick), first(first_row), count(rows), grid_(grid), rows_(grid.rows() + first_row)
    {
        for (const Axis axis : all_axes) along_[index(axis)] = grid.laplacian().coupling(axis);
    }
    VelocityPass(const StaggeredGrid& grid, const StaggeredGrid::Block<Float4>& block)
        : VelocityPass(grid, block.brick, block.first, block.count)
    {
        self_ = block.self;
        cells_ = block.cells;
        around_ = block.around;
    }

    Float4 x(std::int32_t i) const { return self_[i]; }
    Float4 own(std::int32_t i) const
    {
        const Float4 diagonal = grid_.diagonal_of(rows_[i]);
        return rows_[i].end == 0 ? diagonal : diagonal * volume_of(rows_[i], grid_.flow());
    }
    Float4 inverse(std::int32_t i) const
    {
        const Float4 inverse = grid_.inverse_of(rows_[i]);
        return rows_[i].end == 0 ? inverse : inverse / volume_of(rows_[i], grid_.flow()); // a half: exact
    }
    /// Also on closed faces, where it means nothing.
    Float4 sum(std::int32_t i) const
    {
        const std::uint16_t* around = around_ + std::ptrdiff_t{i} * 6;
        const Float4* cells = cells_;
        Float4 sum =
            (along_[0] * (cells[around[0]] + cells[around[1]]) + along_[1] * (cells[around[2]] + cells[around[3]])) +
            along_[2] * (cells[around[4]] + cells[around[5]]);
        if (rows_[i].end != 0) {
            const int axis = index(*grid_.flow());
            if (rows_[i].end == StaggeredGrid::at_inlet) sum[axis] += cells[around[2 * axis + 1]][axis]; // the mirror image
            sum[axis] *= 0.5F;
        }
        return sum;
    }
    /// A correction leaves closed faces at 0.
    Float4 scaled(std::int32_t i, Float4 value) const
    {
        const Int4 open = grid_.diagonal_of(rows_[i]) > Float4{};
        return open ? value : Float4{};
    }

private:
    const StaggeredGrid& grid_;
    const StaggeredGrid::Row* rows_;
    const Float4* self_ = nullptr; ///< absent, like what follows, in passes without neighbours
    const Float4* cells_ = nullptr;
    const std::uint16_t* around_ = nullptr;
    std::array<Float4, 3> along_{};
};

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
    /// What walls add to the diagonals, in parts of what these are far from walls: between spheres 0.06 where pores are six
    /// voxels wide (mean chord), 0.03 where they are fourteen. Collective.
    double held_by_walls() const;

    /// As in LaplaceProblem, with VelocityPass. Collective over neighbours.
    template <class Visit>
    void sweep(Float4* x, Visit&& visit) const;
    /// As in LaplaceProblem; the field is made on the way and never stored. Collective over neighbours.
    template <class Visit>
    void sweep_scaled(Float4* r, float factor, std::vector<Float4>& scratch, Visit&& visit) const;
    /// Without sums. Local.
    template <class Visit>
    void for_each_brick(Visit&& visit) const;

private:
    const StaggeredGrid& grid_;
};

/// The first coarse level of all three components, on the aggregates of their cells. Collective.
LevelGraph<Float4> coarsen_finest(const VelocityProblem& problem, float strength, FineAggregates& aggregates);

template <class Visit>
void VelocityProblem::sweep(Float4* x, Visit&& visit) const
{
    grid_.sweep(x, [&](const StaggeredGrid::Block<Float4>& block) { visit(VelocityPass(grid_, block)); });
}

template <class Visit>
void VelocityProblem::sweep_scaled(Float4* r, float factor, std::vector<Float4>&, Visit&& visit) const
{
    const auto* rows = grid_.rows();
    const auto scaled = [&](std::int32_t at) {
        const Float4 x = factor * (r[at] * grid_.inverse_of(rows[at]));
        return rows[at].end == 0 ? x : x / volume_of(rows[at], grid_.flow());
    };
    grid_.sweep(r, scaled, [&](const StaggeredGrid::Block<Float4>& block) { visit(VelocityPass(grid_, block)); });
}

template <class Visit>
void VelocityProblem::for_each_brick(Visit&& visit) const
{
    grid_.for_each_brick(
        [&](std::int32_t brick, std::int32_t first, std::int32_t rows) { visit(VelocityPass(grid_, brick, first, rows)); });
}

} // namespace lapilli::solve
