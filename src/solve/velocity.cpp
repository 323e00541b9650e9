// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/velocity.hpp"

#include "multigrid/stretched_grid.hpp"
#include "parallel/exact_total.hpp"
#include "sum/exact_sum.hpp"
#include "sum/interleaved.hpp"

namespace lapilli::solve {

double VelocityProblem::held_by_walls() const
{
    const auto far_from_walls = grid_.laplacian().diagonal<Double4>(stokes::diagonal_far_from_walls);
    std::array<sum::ExactSum, 2> sums;
    grid_.for_each_brick([&](std::int32_t, std::int32_t first, std::int32_t count) {
        const auto [walls, faces] = sum::interleaved_lanes<2>(count, [&](int i) {
            const auto diagonal = grid_.diagonal_of<Double4>(grid_.rows()[first + i]);
            const auto open = diagonal > Double4{};
            return std::array{open ? diagonal / far_from_walls - 1.0 : Double4{}, open ? Double4{1, 1, 1, 1} : Double4{}};
        });
        sums[0].add(walls);
        sums[1].add(faces);
    });
    const auto [walls, faces] = parallel::total(pores().comm(), sums);
    return faces > 0 ? walls / faces : 0;
}

namespace {

using Long4 = std::int64_t __attribute__((vector_size(32)));

/// What the finest level is summed from: a cell and its aggregate.
struct Cell {
    std::int32_t parent = 0; ///< local index, plus 1: 0 is solid
    StaggeredGrid::Row row{};
};

/// Sums of the couplings of cells, by aggregates.
class CellSums {
public:
    CellSums(const StaggeredGrid& grid, BrickRows<Float4>& rows) : grid_(grid), rows_(rows)
    {
        for (const Axis axis : all_axes) along_[index(axis)] = grid.laplacian().coupling<Double4>(axis);
    }
    /// Adds up the couplings of some cells of a brick to cells of other aggregates. @param first  of the brick's aggregates
    void add(const StaggeredGrid::Block<Cell>& block, std::int32_t first) const
    {
        const std::uint16_t* around = block.around;
        for (std::int32_t i = 0; i < block.count; ++i, around += 6) {
            const Cell& here = block.self[i];
            const std::size_t row = here.parent - 1 - first;
            const auto diagonal = grid_.diagonal_of<Double4>(here.row);
            Double4 dirichlet = diagonal * widen(volume_of(here.row, grid_.flow()));
            for (int direction = 0; direction < 6; ++direction) {
                const Cell& there = block.cells[around[direction]];
                if (there.parent == 0) continue;
                const Double4 c = coupling(diagonal > Double4{}, here.row, there.row, direction);
                dirichlet -= c;
                if (there.parent != here.parent) rows_.add(row, there.parent - 1, c);
            }
            rows_.add_dirichlet(row, dirichlet);
        }
    }

private:
    /// Couplings of a row to its neighbour in a direction where both are open: the lanes of a half volume have half of them,
    /// but at the inlet the only neighbour along the axis counts for its mirror image as well.
    Double4 coupling(Long4 open, const StaggeredGrid::Row& row, const StaggeredGrid::Row& neighbour, int direction) const
    {
        const Long4 both = open & (grid_.diagonal_of<Double4>(neighbour) > Double4{});
        Double4 c = both ? along_[direction / 2] : Double4{};
        if (row.end != 0) {
            const int lane = index(*grid_.flow());
            const bool mirrored = row.end == StaggeredGrid::at_inlet && direction / 2 == lane;
            if (!mirrored) c[lane] *= 0.5;
        }
        return c;
    }

    const StaggeredGrid& grid_;
    BrickRows<Float4>& rows_;
    std::array<Double4, 3> along_{};
};

/// Nodes of the outlets. An outlet belongs with the pore below it; but where the grid sets voxels apart along the flow, it
/// has a node of its own: neighbours across the flow couple so much more strongly there that smoothing alone would never
/// tell the outlet plane from the one before.
class OutletNodes {
public:
    OutletNodes(const StaggeredGrid& grid, const FineAggregates& aggregates, LevelGraph<Float4>& level)
        : grid_(grid), stretched_(grid.pores().edges(), grid.pores().shape()), aggregates_(aggregates), level_(level)
    {
    }
    bool apart() const { return grid_.flow() && stretched_.levels(*grid_.flow()) > 0; }
    /// Where apart, of each outlet that is owned.
    const std::vector<std::int32_t>& nodes() const { return node_; }
    /// Those of a brick whose pores have been aggregated. @param first  node of it
    void add(std::int32_t first)
    {
        if (!apart()) return;
        std::vector<std::int32_t> above(level_.code.size() - first, -1); // of each aggregate of the brick
        const std::int32_t pores = aggregates_.of_pore.size();           // so far
        while (std::ssize(node_) < grid_.outlets() && grid_.pore_of_outlet()[node_.size()] < pores) {
            const auto aggregate = aggregates_.of_pore[grid_.pore_of_outlet()[node_.size()]];
            if (above[aggregate] < 0) above[aggregate] = new_node(first + aggregate);
            node_.push_back(above[aggregate]);
        }
    }

private:
    std::int32_t new_node(std::int32_t below)
    {
        level_.code.push_back(stretched_.next_on_first_level(level_.code[below], *grid_.flow()));
        return level_.code.size() - 1;
    }

    const StaggeredGrid& grid_;
    multigrid::StretchedGrid stretched_;
    const FineAggregates& aggregates_;
    LevelGraph<Float4>& level_;
    std::vector<std::int32_t> node_;
};

} // namespace

LevelGraph<Float4> coarsen_finest(const VelocityProblem& problem, float strength, FineAggregates& aggregates)
{
    const auto& grid = problem.grid();
    const auto& pores = grid.pores();
    LevelGraph<Float4> level;
    aggregates.of_pore.reserve(grid.size());
    OutletNodes outlets(grid, aggregates, level);
    auto node = aggregate_pores(pores, [](std::int32_t) { return nullptr; }, strength, aggregates, level,
                                {.after_brick = [&](std::int32_t first) { outlets.add(first); }});
    std::vector<std::int32_t> node_above; // of the outlet above a pore, where that has its own
    if (outlets.apart()) {
        node_above = node;
        for (std::size_t i = 0; i < outlets.nodes().size(); ++i) node_above[grid.pore_of_outlet()[i]] = outlets.nodes()[i];
        share_nodes(pores, level, std::array{&node, &node_above});
    } else {
        share_nodes(pores, level, std::array{&node});
    }
    const auto& of_outlet = outlets.apart() ? node_above : node;

    const auto cell = [&](std::int32_t place) -> Cell {
        const std::int32_t outlet = place - grid.first_outlet();
        const auto of = outlet < 0 ? node[place] : of_outlet[grid.pore_of_outlet()[outlet]];
        return {of + 1, grid.rows()[place]};
    };
    aggregates.of_pore.resize(grid.size());
    const std::int32_t rows = level.code.size();
    std::vector<Cell> buffer(grid.buffer_size());
    BrickRows<Float4> brick_rows;
    const CellSums sums(grid, brick_rows);
    for (std::int32_t b = 0; b < grid.bricks(); ++b) {
        const auto first = aggregates.first_node[b];
        brick_rows.start(aggregates.count(b, rows));
        grid.sweep_brick(b, cell, buffer, [&](const StaggeredGrid::Block<Cell>& block) {
            sums.add(block, first);
            for (std::int32_t i = 0; i < block.count; ++i)
                aggregates.of_pore[block.first + i] = block.self[i].parent - 1 - first;
        });
        brick_rows.append_to(level, rows);
    }
    return level;
}

} // namespace lapilli::solve
