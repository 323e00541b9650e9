// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/velocity.hpp"

namespace lapilli::solve {

void VelocityProblem::diagonals(std::int32_t first, std::int32_t count, bool at_end, Scratch& scratch) const
{
    const auto* rows = grid_.rows() + first;
    for (std::int32_t i = 0; i < count; ++i) {
        scratch.diagonal[i] = grid_.diagonal_of(rows[i]);
        scratch.inverse[i] = grid_.inverse_of(rows[i]);
    }
    if (!at_end) return;
    for (std::int32_t i = 0; i < count; ++i) {
        const Float4 volume = volume_of(rows[i], grid_.flow());
        scratch.diagonal[i] *= volume;
        scratch.inverse[i] /= volume; // a half: exact
    }
}

void VelocityProblem::neighbour_sums(const StaggeredGrid::Block<Float4>& block, std::int32_t from, std::int32_t count,
                                     Scratch& scratch) const
{
    const Float4* cells = block.cells;
    const Float4 x = grid_.laplacian().coupling(Axis::x), y = grid_.laplacian().coupling(Axis::y),
                 z = grid_.laplacian().coupling(Axis::z);
    const std::uint16_t* around = block.around + std::ptrdiff_t{from} * 6;
    for (std::int32_t i = 0; i < count; ++i, around += 6) {
        const Float4 sum = (x * (cells[around[0]] + cells[around[1]]) + y * (cells[around[2]] + cells[around[3]])) +
                           z * (cells[around[4]] + cells[around[5]]);
        const Int4 open = scratch.diagonal[i] > Float4{};
        scratch.sums[i] = open ? sum : Float4{};
    }
    if (!block.at_end) return;
    const auto* rows = grid_.rows() + block.first + from;
    const int axis = index(*grid_.flow());
    around = block.around + std::ptrdiff_t{from} * 6;
    for (std::int32_t i = 0; i < count; ++i, around += 6) {
        if (rows[i].end == 0) continue;
        auto& sum = scratch.sums[i];
        if (rows[i].end == StaggeredGrid::at_inlet) sum[axis] += cells[around[2 * axis + 1]][axis]; // the mirror image
        sum[axis] *= 0.5F;
    }
}

namespace {

/// Couplings of a row to its neighbour in a direction where both are open: the lanes of a half volume have half of them, but
/// at the inlet the only neighbour along the axis counts for its mirror image as well.
Double4 coupling(const StaggeredGrid& grid, const StaggeredGrid::Row& row, const StaggeredGrid::Row& neighbour,
                 int direction)
{
    Double4 c{};
    const Float4 here = grid.diagonal_of(row), there = grid.diagonal_of(neighbour);
    const Double4 along = grid.laplacian().coupling<Double4>(all_axes[direction / 2]);
    for (int lane = 0; lane < 3; ++lane) {
        if (here[lane] == 0 || there[lane] == 0) continue;
        const bool half = row.end != 0 && lane == index(*grid.flow());
        const bool mirrored = row.end == StaggeredGrid::at_inlet && direction / 2 == lane;
        c[lane] = (half && !mirrored ? 0.5 : 1.0) * along[lane];
    }
    return c;
}

/// What the finest level is summed from: a cell and its aggregate.
struct Cell {
    std::int32_t parent = 0; ///< local index, plus 1: 0 is solid
    StaggeredGrid::Row row{};
};

/// Cells with the aggregates of their pores; an outlet belongs with the pore below it.
std::vector<Cell> cells_of(const StaggeredGrid& grid, std::span<const std::int32_t> parent, FineAggregates& aggregates)
{
    auto of_row = grid.make_field<std::int32_t>();
    std::copy_n(parent.begin(), grid.first_outlet(), of_row.begin());
    aggregates.of_pore.resize(of_row.size());
    std::int32_t outlet = grid.first_outlet();
    for (const auto pore : grid.pore_of_outlet()) {
        aggregates.of_pore[outlet] = aggregates.of_pore[pore];
        of_row[outlet++] = of_row[pore];
    }
    auto cells = grid.make_field<Cell>();
    for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = {of_row[i] + 1, grid.rows()[i]};
    return cells;
}

/// Adds up the couplings of some cells of a brick to cells of other aggregates. @param first  of the brick's aggregates
void add_block(const StaggeredGrid& grid, const StaggeredGrid::Block<Cell>& block, std::int32_t first,
               BrickRows<Float4>& rows)
{
    for (std::int32_t i = 0; i < block.count; ++i) {
        const Cell& here = block.self[i];
        const std::size_t row = here.parent - 1 - first;
        Double4 dirichlet = grid.diagonal_of<Double4>(here.row) * widen(volume_of(here.row, grid.flow()));
        for (int direction = 0; direction < 6; ++direction) {
            const Cell& there = block.cells[block.around[std::ptrdiff_t{i} * 6 + direction]];
            const Double4 c = coupling(grid, here.row, there.row, direction);
            dirichlet -= c;
            if (there.parent != 0 && there.parent != here.parent) rows.add(row, there.parent - 1, c);
        }
        rows.add_dirichlet(row, dirichlet);
    }
}

} // namespace

LevelGraph<Float4> coarsen_finest(const VelocityProblem& problem, float strength, FineAggregates& aggregates)
{
    const auto& grid = problem.grid();
    LevelGraph<Float4> level;
    const auto parent = aggregate_pores(
        grid.pores(), [](std::int32_t) { return nullptr; }, strength, aggregates, level);
    const auto cells = cells_of(grid, parent, aggregates);
    const auto cell = [&](std::int32_t place) { return cells[place]; };
    const std::int32_t rows = level.code.size();
    std::vector<Cell> buffer(grid.buffer_size());
    BrickRows<Float4> brick_rows;
    for (std::int32_t b = 0; b < grid.bricks(); ++b) {
        brick_rows.start(aggregates.count(b, rows));
        grid.sweep_brick(b, cell, buffer, [&](const StaggeredGrid::Block<Cell>& block) {
            add_block(grid, block, aggregates.first_node[b], brick_rows);
        });
        brick_rows.append_to(level, rows);
    }
    return level;
}

} // namespace lapilli::solve
