// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/coarsen.hpp"

#include "solve/children.hpp"

#include <algorithm>

namespace lapilli::solve {

using multigrid::padded_rows;

template <class Value>
std::int64_t LevelGraph<Value>::number(std::int32_t local, std::int32_t rows) const
{
    return local < rows ? first() + local : ghost_numbers[local - padded_rows(rows)];
}

template <class Value>
std::int32_t LevelGraph<Value>::local_index(std::int64_t number, std::int32_t rows) const
{
    const std::int64_t owned = number - first();
    if (owned >= 0 && owned < rows) return owned;
    const auto at = std::lower_bound(ghost_numbers.begin(), ghost_numbers.end(), number);
    return padded_rows(rows) + (at - ghost_numbers.begin());
}

template <class Value>
void LevelGraph<Value>::share_rows(std::int32_t rows)
{
    const std::int64_t mine = rows;
    first_of_rank = {0};
    for (const auto count : comm.gather_all(std::span<const std::int64_t>(&mine, 1)))
        first_of_rank.push_back(first_of_rank.back() + count);
}

template <class Value>
void LevelGraph<Value>::add_ghosts(std::vector<std::int64_t> numbers, std::int32_t rows)
{
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    std::erase_if(numbers, [&](std::int64_t n) { return n >= first() && n < first() + rows; });
    ghost_numbers = std::move(numbers);
    halo =
        parallel::Exchange::of_numbers(comm, ghost_numbers, first_of_rank, padded_rows(rows), sizeof(Value) / sizeof(float));
}

template <class Value>
void append_row(multigrid::Graph<Value>& graph, std::span<Entry<Value>> row, Wide<Value> dirichlet)
{
    std::sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    for (const auto& entry : row) {
        graph.column.push_back(entry.column);
        graph.coupling.push_back(narrow(entry.coupling));
    }
    graph.row_start.push_back(std::ssize(graph.column));
    graph.dirichlet.push_back(narrow(dirichlet));
}

namespace {

/// Puts a row in the order of its columns and adds up entries of the same one, in the order that they have.
template <class Value>
void add_up(std::vector<Entry<Value>>& row)
{
    std::stable_sort(row.begin(), row.end(), [](const auto& p, const auto& q) { return p.number < q.number; });
    std::size_t distinct = 0;
    for (const auto& entry : row) {
        if (distinct > 0 && row[distinct - 1].number == entry.number)
            row[distinct - 1].coupling += entry.coupling;
        else
            row[distinct++] = entry;
    }
    row.resize(distinct);
}

/// The rows of aggregates: sums of couplings by column, then in the order of the children.
/// @param number_of_parent  of a node or ghost of the fine level; none: negative
template <class Value, class Number>
void sum_rows(const multigrid::Graph<Value>& fine, const Children& children, Number&& number_of_parent,
              LevelGraph<Value>& coarse)
{
    std::vector<Entry<Value>> row;
    for (std::int32_t a = 0; a < children.aggregates(); ++a) {
        row.clear();
        Wide<Value> dirichlet{};
        for (const std::size_t i : children.of(a)) {
            dirichlet += widen(fine.dirichlet[i]);
            for (std::int64_t e = fine.row_start[i]; e < fine.row_start[i + 1]; ++e) {
                const auto number = number_of_parent(fine.column[e]);
                if (number == coarse.first() + a) continue;
                if (number < 0) { // no coarser level corrects it
                    dirichlet += widen(fine.coupling[e]);
                    continue;
                }
                row.push_back({number, 0, widen(fine.coupling[e])});
            }
        }
        add_up(row);
        for (auto& entry : row) entry.column = coarse.local_index(entry.number, children.aggregates());
        append_row(coarse.graph, std::span(row), dirichlet);
    }
}

} // namespace

template <class Value>
LevelGraph<Value> coarsen(const LevelGraph<Value>& fine, float strength, std::vector<std::int32_t>& parent)
{
    return coarsen(fine, multigrid::aggregate(fine.graph, fine.code, strength), parent);
}

template <class Value>
LevelGraph<Value> coarsen(const LevelGraph<Value>& fine, multigrid::Aggregates aggregates, std::vector<std::int32_t>& parent)
{
    LevelGraph<Value> coarse;
    coarse.comm = fine.comm;
    const auto& graph = fine.graph;
    coarse.graph.differences = graph.differences;

    // aggregates and their numbers, also of the ghosts
    parent = std::move(aggregates.of_node);
    coarse.code = std::move(aggregates.code);
    const std::int32_t rows = coarse.code.size();
    coarse.share_rows(rows);
    constexpr std::int64_t none = -1;
    const auto number_of = [&](std::int32_t node) { return parent[node] < 0 ? none : coarse.first() + parent[node]; };
    const auto ghost_parent = fine.halo.template ghosts_of<std::int64_t>(number_of);
    auto ghosts = ghost_parent;
    std::erase(ghosts, none);
    coarse.add_ghosts(std::move(ghosts), rows);

    const std::int32_t padded = padded_rows(graph.rows());
    const auto number_of_parent = [&](std::int32_t node) {
        return node < graph.rows() ? number_of(node) : ghost_parent[node - padded];
    };
    sum_rows(graph, Children(parent, rows), number_of_parent, coarse);
    return coarse;
}

template <class Value>
LevelGraph<Value> gather(const LevelGraph<Value>& level)
{
    const auto& comm = level.comm;
    const auto all = [&](const auto& values) {
        using Element = typename std::decay_t<decltype(values)>::value_type;
        return comm.gather_all(std::span<const Element>(values));
    };
    std::vector<std::int32_t> lengths;
    for (std::int32_t i = 0; i < level.graph.rows(); ++i) {
        const std::size_t at = i;
        lengths.push_back(level.graph.row_start[at + 1] - level.graph.row_start[at]);
    }
    std::vector<std::int32_t> numbers;
    for (const auto column : level.graph.column) numbers.push_back(level.number(column, level.graph.rows()));

    LevelGraph<Value> whole;
    whole.graph.differences = level.graph.differences;
    for (const auto length : all(lengths)) whole.graph.row_start.push_back(whole.graph.row_start.back() + length);
    whole.graph.column = all(numbers);
    whole.graph.coupling = all(level.graph.coupling);
    whole.graph.dirichlet = all(level.graph.dirichlet);
    whole.code = all(level.code);
    whole.first_of_rank = {0, level.total()};
    return whole;
}

template struct LevelGraph<float>;
template struct LevelGraph<Float4>;
template void append_row(multigrid::Graph<float>&, std::span<Entry<float>>, double);
template void append_row(multigrid::Graph<Float4>&, std::span<Entry<Float4>>, Double4);
template LevelGraph<float> coarsen(const LevelGraph<float>&, float, std::vector<std::int32_t>&);
template LevelGraph<Float4> coarsen(const LevelGraph<Float4>&, float, std::vector<std::int32_t>&);
template LevelGraph<float> coarsen(const LevelGraph<float>&, multigrid::Aggregates, std::vector<std::int32_t>&);
template LevelGraph<Float4> coarsen(const LevelGraph<Float4>&, multigrid::Aggregates, std::vector<std::int32_t>&);
template LevelGraph<float> gather(const LevelGraph<float>&);
template LevelGraph<Float4> gather(const LevelGraph<Float4>&);

} // namespace lapilli::solve
