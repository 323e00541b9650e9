// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/multigrid.hpp"

#include "parallel/pieces.hpp"

#include <algorithm>

namespace lapilli::solve {

namespace {

using multigrid::Chebyshev;
constexpr int lanes = multigrid::SlicedMatrix::lanes;
constexpr std::int64_t dense_below = 300;
constexpr double least_shrinkage = 1.2; // pores that never merge would make levels for ever
constexpr int brick_levels = 4;         // levels whose blocks lie inside bricks

} // namespace

Multigrid::Level::Level(LevelGraph&& graph)
    : comm(graph.comm), matrix(graph.graph), halo(std::move(graph.halo)), total(graph.total())
{
    const auto& g = graph.graph;
    for (std::int32_t s = 0; s < matrix.slices(); ++s) {
        const auto first = g.row_start[static_cast<std::size_t>(s * lanes)];
        const auto last = g.row_start[static_cast<std::size_t>(std::min(g.rows(), (s + 1) * lanes))];
        const bool ghosts =
            std::any_of(g.column.begin() + first, g.column.begin() + last, [&](auto c) { return c >= g.rows(); });
        (ghosts ? boundary : interior).push_back(s);
    }
    const auto size = static_cast<std::size_t>(multigrid::padded_rows(g.rows())) + graph.ghost_numbers.size();
    for (auto* field : {&x, &work, &b}) field->assign(size, 0);
}

Multigrid::Multigrid(const LaplaceProblem& problem, const MultigridOptions& options) : problem_(problem), options_(options)
{
    const int whole_levels = brick_levels + problem.pores().aligned(); // up to here blocks do not straddle ranks
    LevelGraph graph = coarsen_bricks(problem, options.strength, fine_);
    for (int depth = 1;; ++depth) {
        std::vector<std::int64_t> pieces;
        std::int32_t first_mine = 0;
        if (graph.comm.size() > 1 && (graph.total() <= options.gather_below || depth >= whole_levels)) {
            pieces = graph.first_of_rank;
            first_mine = static_cast<std::int32_t>(graph.first());
            graph = gather(graph);
        }
        const bool small = graph.total() <= dense_below;
        std::vector<std::int32_t> parent;
        LevelGraph next;
        bool last = small;
        if (!small) {
            next = coarsen(graph, options.strength, parent);
            last = static_cast<double>(next.total()) * least_shrinkage > static_cast<double>(graph.total());
        }
        if (last && graph.comm.size() == 1 && graph.total() <= multigrid::DenseInverse::most_rows)
            coarsest_ = multigrid::DenseInverse(graph.graph);
        auto& level = levels_.emplace_back(std::move(graph));
        level.pieces = std::move(pieces);
        level.first_mine = first_mine;
        if (last) break;
        level.parent = std::move(parent);
        graph = std::move(next);
    }
}

template <class Visit>
void Multigrid::Level::sweep(std::vector<float>& field, Visit&& visit)
{
    const auto slice = [&](std::int32_t s) {
        alignas(32) float sums[lanes];
        matrix.neighbour_sums(s, field.data(), sums);
        visit(s * lanes, sums);
    };
    halo.start(field.data());
    for (const std::int32_t s : interior) slice(s);
    halo.finish(field.data());
    for (const std::int32_t s : boundary) slice(s);
}

void Multigrid::smooth(Level& level, bool from_zero)
{
    const float *b = level.b.data(), *d = level.matrix.diagonal(), *inverse = level.matrix.inverse_diagonal();
    const auto step = [&](float momentum, float factor, bool previous_is_zero) {
        const float* x = level.x.data();
        float* y = level.work.data();
        level.sweep(level.x, [&](std::int32_t at, const float* sums) {
            for (int lane = 0; lane < lanes; ++lane) {
                const std::int32_t i = at + lane;
                const float previous = previous_is_zero ? 0.0F : y[i];
                y[i] = x[i] + momentum * (x[i] - previous) + factor * ((b[i] - d[i] * x[i] + sums[lane]) * inverse[i]);
            }
        });
        level.x.swap(level.work);
    };
    if (from_zero) {
        const auto rows = static_cast<std::size_t>(multigrid::padded_rows(level.matrix.rows()));
        for (std::size_t i = 0; i < rows; ++i) level.x[i] = Chebyshev::first * b[i] * inverse[i];
    } else {
        step(0, Chebyshev::first, true);
    }
    step(Chebyshev::momentum, Chebyshev::second, from_zero);
}

void Multigrid::start_sums(Level& level) const { std::fill(level.b.begin(), level.b.end(), 0.0F); }

void Multigrid::finish_sums(Level& level) const
{
    if (!level.pieces.empty()) parallel::gather_pieces(problem_.pores().comm(), level.pieces, level.b.data());
}

void Multigrid::visit_level(std::size_t index, bool from_zero)
{
    Level& level = levels_[index];
    const bool last = index + 1 == levels_.size();
    if (last && !coarsest_.empty()) {
        coarsest_.solve(level.b.data(), level.x.data());
        return;
    }
    smooth(level, from_zero);
    if (last) { // components that never merge: their own diagonal blocks are all that is left
        for (int sweep = 0; sweep < 6; ++sweep) smooth(level, false);
        return;
    }
    Level& next = levels_[index + 1];
    start_sums(next);
    const float *b = level.b.data(), *d = level.matrix.diagonal();
    level.sweep(level.x, [&](std::int32_t at, const float* sums) {
        for (int lane = 0; lane < lanes; ++lane)
            level.work[static_cast<std::size_t>(at + lane)] =
                b[at + lane] - d[at + lane] * level.x[static_cast<std::size_t>(at + lane)] + sums[lane];
    });
    float* coarse = next.b.data() + next.first_mine;
    for (std::size_t i = 0; i < level.parent.size(); ++i) coarse[level.parent[i]] += level.work[i];
    finish_sums(next);
    visit_level(index + 1, true);
    if (index + 2 < levels_.size() || coarsest_.empty()) visit_level(index + 1, false);
    const float* correction = next.x.data() + next.first_mine;
    for (std::size_t i = 0; i < level.parent.size(); ++i)
        level.x[i] += options_.over_correction * correction[level.parent[i]];
    smooth(level, false);
}

void Multigrid::visit_coarse()
{
    visit_level(0, true);
    if (levels_.size() > 1 || coarsest_.empty()) visit_level(0, false);
}

std::vector<std::int64_t> Multigrid::nodes_of_levels() const
{
    std::vector<std::int64_t> nodes;
    for (const auto& level : levels_) nodes.push_back(level.total);
    return nodes;
}

std::size_t Multigrid::bytes() const
{
    std::size_t total = fine_.of_pore.size() * 2 + fine_.first_node.size() * 4;
    for (const auto& level : levels_)
        total += level.matrix.bytes() + level.halo.bytes() + level.parent.size() * 4 +
                 (level.x.size() * 3 + level.matrix.slices()) * 4;
    return total;
}

} // namespace lapilli::solve
