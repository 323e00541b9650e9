// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/coarse_levels.hpp"

#include "multigrid/chebyshev.hpp"
#include "parallel/pieces.hpp"

#include <algorithm>
#include <utility>

namespace lapilli::solve {

namespace {

using multigrid::Chebyshev;
using multigrid::slice_rows;
constexpr std::int64_t dense_below = 300;
constexpr double least_shrinkage = 1.2; // pores that never merge would make levels for ever

} // namespace

template <class Value>
CoarseLevels<Value>::Level::Level(LevelGraph<Value>&& graph)
    : comm(graph.comm), matrix(graph.graph), halo(std::move(graph.halo)), total(graph.total()), first(graph.first()),
      ghost_numbers(std::move(graph.ghost_numbers))
{
    const auto& g = graph.graph;
    for (std::int32_t s = 0; s < matrix.slices(); ++s) {
        const auto from = g.row_start[s * slice_rows];
        const auto to = g.row_start[std::min(g.rows(), (s + 1) * slice_rows)];
        const bool ghosts =
            std::any_of(g.column.begin() + from, g.column.begin() + to, [&](auto c) { return c >= g.rows(); });
        (ghosts ? boundary : interior).push_back(s);
    }
    const std::size_t size = multigrid::padded_rows(g.rows()) + ghost_numbers.size();
    for (auto* field : {&x, &work, &b}) field->assign(size, Value{});
}

template <class Value>
std::int32_t CoarseLevels<Value>::Level::local_index(std::int64_t number) const
{
    const std::int64_t owned = number - first;
    if (owned >= 0 && owned < matrix.rows()) return owned;
    const auto at = std::lower_bound(ghost_numbers.begin(), ghost_numbers.end(), number);
    return multigrid::padded_rows(matrix.rows()) + (at - ghost_numbers.begin());
}

template <class Value>
std::int32_t CoarseLevels<Value>::Level::made(int rank) const
{
    if (pieces.empty()) return matrix.rows();
    return pieces[std::size_t{1} + rank] - pieces[rank];
}

template <class Value>
CoarseLevels<Value>::CoarseLevels(const parallel::Communicator& comm, LevelGraph<Value> graph, int whole_levels,
                                  const CycleOptions& options)
    : comm_(comm), options_(options)
{
    for (int depth = 1;; ++depth) {
        std::vector<std::int64_t> pieces;
        std::int32_t first_mine = 0;
        const bool deep = depth >= options.deep && options.strength == 0;
        if (graph.comm.size() > 1 && (graph.total() <= options.gather_below || deep || depth >= whole_levels)) {
            pieces = graph.first_of_rank;
            first_mine = graph.first();
            graph = gather(graph);
        }
        const auto unjoined = graph.total();
        std::vector<std::int32_t> parent;
        LevelGraph<Value> next;
        const auto add_level = [&]() -> Level& {
            auto& level = levels_.emplace_back(std::move(graph));
            level.pieces = std::exchange(pieces, {});
            level.first_mine = std::exchange(first_mine, 0);
            level.parent = std::move(parent);
            return level;
        };
        if constexpr (std::same_as<Value, float>) {
            if (deep && graph.total() > dense_below) {
                next = coarsen(graph, multigrid::join_cut_off(graph.graph, graph.code), parent);
                if (next.total() < graph.total()) {
                    add_level().joins = true;
                    graph = std::move(next);
                }
            }
        }
        bool last = graph.total() <= dense_below;
        if (!last) {
            next = coarsen(graph, options.strength, parent);
            last_is_held_ = next.total() == 0;
            last = last_is_held_ || next.total() * least_shrinkage > unjoined; // of a chain one step joins all
        }
        if (last && !last_is_held_ && graph.comm.size() == 1 && graph.total() <= multigrid::DenseInverse<Value>::most_rows) {
            coarsest_graph_ = graph.graph;
            coarsest_ = multigrid::DenseInverse<Value>(coarsest_graph_);
        }
        if (last) parent.clear();
        add_level();
        if (last) break;
        graph = std::move(next);
    }
}

template <class Value>
void CoarseLevels<Value>::renew_fixed(std::vector<Value> fixed) requires std::same_as<Value, float>
{
    for (std::size_t l = 0;; ++l) {
        auto& level = levels_[l];
        if (!level.pieces.empty()) fixed = comm_.gather_all(std::span<const Value>(fixed));
        level.matrix.set_fixed(fixed);
        if (l + 1 == levels_.size()) break;
        std::vector<Wide<Value>> sums(levels_[l + 1].made(comm_.rank()));
        for (std::size_t i = 0; i < fixed.size(); ++i) sums[level.parent[i]] += widen(fixed[i]);
        fixed.resize(sums.size());
        std::transform(sums.begin(), sums.end(), fixed.begin(), [](const auto& sum) { return narrow(sum); });
    }
    if (coarsest_.empty()) return;
    coarsest_graph_.dirichlet = std::move(fixed);
    coarsest_ = multigrid::DenseInverse<Value>(coarsest_graph_);
}

template <class Value>
template <class Visit>
void CoarseLevels<Value>::Level::sweep(std::vector<Value>& field, Visit&& visit)
{
    const auto slice = [&](std::int32_t s) {
        alignas(32) Value sums[slice_rows];
        matrix.neighbour_sums(s, field.data(), sums);
        visit(s * slice_rows, sums);
    };
    auto* floats = reinterpret_cast<float*>(field.data());
    halo.start(floats);
    for (const std::int32_t s : interior) slice(s);
    halo.finish(floats);
    for (const std::int32_t s : boundary) slice(s);
}

template <class Value>
void CoarseLevels<Value>::smooth(Level& level, bool from_zero)
{
    constexpr int lanes = numbers_of_value<Value>;
    const float *b = numbers(level.b.data()), *d = numbers(level.matrix.own()),
                *inverse = numbers(level.matrix.inverse_diagonal());
    const auto step = [&](float momentum, float factor, bool previous_is_zero) {
        const float* x = numbers(level.x.data());
        float* y = numbers(level.work.data());
        level.sweep(level.x, [&](std::int32_t at, const Value* of_slice) {
            const float* sums = numbers(of_slice);
            for (int k = 0; k < lanes * slice_rows; ++k) {
                const std::ptrdiff_t i = std::ptrdiff_t{at} * lanes + k;
                const float previous = previous_is_zero ? 0.0F : y[i];
                y[i] = x[i] + momentum * (x[i] - previous) + factor * ((b[i] - d[i] * x[i] + sums[k]) * inverse[i]);
            }
        });
        level.x.swap(level.work);
    };
    if (from_zero) {
        const std::size_t count = std::size_t{lanes} * multigrid::padded_rows(level.matrix.rows());
        float* x = numbers(level.x.data());
        for (std::size_t i = 0; i < count; ++i) x[i] = Chebyshev::first * b[i] * inverse[i];
    } else {
        step(0, Chebyshev::first, true);
    }
    step(Chebyshev::momentum, Chebyshev::second, from_zero);
}

template <class Value>
void CoarseLevels<Value>::start_sums(Level& level) const
{
    std::fill(level.b.begin(), level.b.end(), Value{});
}

template <class Value>
void CoarseLevels<Value>::finish_sums(Level& level) const
{
    if (!level.pieces.empty())
        parallel::gather_pieces(comm_, level.pieces, reinterpret_cast<float*>(level.b.data()),
                                sizeof(Value) / sizeof(float));
}

template <class Value>
void CoarseLevels<Value>::restrict_to_next(std::size_t index, const std::vector<Value>& values)
{
    const Level& level = levels_[index];
    Level& next = levels_[index + 1];
    start_sums(next);
    Value* sums = next.b.data() + next.first_mine;
    for (std::size_t i = 0; i < level.parent.size(); ++i)
        if (level.parent[i] >= 0) sums[level.parent[i]] += values[i];
    finish_sums(next);
}

template <class Value>
void CoarseLevels<Value>::take_from_next(std::size_t index)
{
    Level& level = levels_[index];
    const Level& next = levels_[index + 1];
    const Value* x = next.x.data() + next.first_mine;
    for (std::size_t i = 0; i < level.parent.size(); ++i) level.x[i] = level.parent[i] >= 0 ? x[level.parent[i]] : Value{};
}

template <class Value>
void CoarseLevels<Value>::visit_level(std::size_t index, bool from_zero)
{
    Level& level = levels_[index];
    const bool last = index + 1 == levels_.size();
    if (last && !coarsest_.empty()) {
        coarsest_.solve(level.b.data(), level.x.data());
        return;
    }
    smooth(level, from_zero);
    if (last && last_is_held_) return;
    if (last) { // components that never merge: their own diagonal blocks are all that is left
        for (int sweep = 0; sweep < 6; ++sweep) smooth(level, false);
        return;
    }
    constexpr int lanes = numbers_of_value<Value>;
    const float *b = numbers(level.b.data()), *d = numbers(level.matrix.own()), *x = numbers(level.x.data());
    float* left = numbers(level.work.data());
    level.sweep(level.x, [&](std::int32_t at, const Value* of_slice) {
        const float* sums = numbers(of_slice);
        for (int k = 0; k < lanes * slice_rows; ++k) {
            const std::ptrdiff_t i = std::ptrdiff_t{at} * lanes + k;
            left[i] = b[i] - d[i] * x[i] + sums[k];
        }
    });
    restrict_to_next(index, level.work);
    cycle(index + 1);
    const Level& next = levels_[index + 1];
    const Value* correction = next.x.data() + next.first_mine;
    for (std::size_t i = 0; i < level.parent.size(); ++i)
        if (level.parent[i] >= 0) level.x[i] += options_.over_correction * correction[level.parent[i]];
    smooth(level, false);
}

template <class Value>
void CoarseLevels<Value>::cycle(std::size_t level, int visits)
{
    if (levels_[level].joins) {
        restrict_to_next(level, levels_[level].b);
        cycle(level + 1, visits);
        take_from_next(level);
        return;
    }
    visit_level(level, true);
    const bool exact = level + 1 == levels_.size() && !coarsest_.empty();
    if (visits > 1 && !exact) visit_level(level, false);
}

template <class Value>
Value* CoarseLevels<Value>::clear()
{
    start_sums(levels_.front());
    return levels_.front().b.data() + levels_.front().first_mine;
}

template <class Value>
const Value* CoarseLevels<Value>::solve()
{
    finish_sums(levels_.front());
    cycle(0, options_.first_visits);
    return levels_.front().x.data() + levels_.front().first_mine;
}

template <class Value>
const Value* CoarseLevels<Value>::solve_nested()
{
    finish_sums(levels_.front());
    for (std::size_t l = 0; l + 1 < levels_.size(); ++l) restrict_to_next(l, levels_[l].b);
    cycle(levels_.size() - 1);
    for (std::size_t l = levels_.size() - 1; l-- > 0;) {
        take_from_next(l);
        if (!levels_[l].joins) visit_level(l, false);
    }
    return levels_.front().x.data() + levels_.front().first_mine;
}

template <class Value>
std::vector<std::int64_t> CoarseLevels<Value>::nodes_of_levels() const
{
    std::vector<std::int64_t> nodes;
    for (const auto& level : levels_) nodes.push_back(level.total);
    return nodes;
}

template <class Value>
std::size_t CoarseLevels<Value>::bytes() const
{
    std::size_t total = coarsest_.bytes();
    for (const auto& level : levels_)
        total += level.matrix.bytes() + level.halo.bytes() +
                 (level.parent.size() + level.matrix.slices()) * sizeof(std::int32_t) + level.x.size() * 3 * sizeof(Value);
    return total;
}

template class CoarseLevels<float>;
template class CoarseLevels<Float4>;

} // namespace lapilli::solve
