// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/coarsen.hpp"

#include "brick/tile.hpp"
#include "diffusion/coupling.hpp"
#include "multigrid/aggregate.hpp"

#include <algorithm>

namespace lapilli::solve {

namespace {

using multigrid::padded_rows;

std::vector<std::int64_t> first_numbers(const parallel::Communicator& comm, std::int64_t rows)
{
    std::vector<std::int64_t> first{0};
    for (const auto count : comm.gather_all(std::span<const std::int64_t>(&rows, 1))) first.push_back(first.back() + count);
    return first;
}

/// Makes places for the ghosts with these numbers (any order, repeated) and the messages that fill them. Collective.
void add_ghosts(LevelGraph& level, std::vector<std::int64_t> numbers, std::int32_t rows)
{
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    std::erase_if(numbers, [&](std::int64_t n) { return n >= level.first() && n < level.first() + rows; });
    level.ghost_numbers = std::move(numbers);
    level.halo = parallel::Exchange::of_numbers(level.comm, level.ghost_numbers, level.first_of_rank, padded_rows(rows));
}

/// Local index of a node by its number.
std::int32_t local_index(const LevelGraph& level, std::int64_t number, std::int32_t rows)
{
    const std::int64_t owned = number - level.first();
    if (owned >= 0 && owned < rows) return static_cast<std::int32_t>(owned);
    const auto at = std::lower_bound(level.ghost_numbers.begin(), level.ghost_numbers.end(), number);
    return padded_rows(rows) + static_cast<std::int32_t>(at - level.ghost_numbers.begin());
}

struct Entry {
    std::int64_t number; ///< of the column: its order is the order of the row
    std::int32_t column;
    double coupling;
};

/// Appends one row whose entries are distinct.
void append_row(multigrid::Graph& graph, std::span<Entry> row, double dirichlet)
{
    std::sort(row.begin(), row.end(), [](const Entry& a, const Entry& b) { return a.number < b.number; });
    for (const auto& entry : row) {
        graph.column.push_back(entry.column);
        graph.coupling.push_back(static_cast<float>(entry.coupling));
    }
    graph.row_start.push_back(static_cast<std::int64_t>(graph.column.size()));
    graph.dirichlet.push_back(static_cast<float>(dirichlet));
}

/// Rows of the aggregates of one brick, collected pore by pore in canonical order.
class BrickRows {
public:
    void start(std::size_t aggregates)
    {
        count_.assign(aggregates, 0);
        dirichlet_.assign(aggregates, 0);
        entries_.resize(aggregates * most);
    }
    void add(std::size_t row, std::int32_t column, double coupling)
    {
        Entry* entry = &entries_[row * most];
        const int n = count_[row];
        for (int k = 0; k < n; ++k)
            if (entry[k].column == column) {
                entry[k].coupling += coupling;
                return;
            }
        entry[n] = {0, column, coupling};
        ++count_[row];
    }
    void add_dirichlet(std::size_t row, double coupling) { dirichlet_[row] += coupling; }
    void append_to(LevelGraph& level, std::int32_t rows)
    {
        for (std::size_t a = 0; a < count_.size(); ++a) {
            const auto row = std::span(entries_).subspan(a * most, static_cast<std::size_t>(count_[a]));
            for (auto& entry : row)
                entry.number = entry.column < rows
                                   ? level.first() + entry.column
                                   : level.ghost_numbers[static_cast<std::size_t>(entry.column - padded_rows(rows))];
            append_row(level.graph, row, dirichlet_[a]);
        }
    }

private:
    static constexpr std::size_t most = 24; // eight voxels with three faces each that leave the block
    std::vector<int> count_;
    std::vector<double> dirichlet_;
    std::vector<Entry> entries_;
};

/// Aggregates of all owned bricks; returns the local index of the aggregate of each pore, with room for ghosts.
std::vector<std::int32_t> aggregate_pores(const LaplaceProblem& problem, float strength, FineAggregates& aggregates,
                                          LevelGraph& level)
{
    const auto& pores = problem.pores();
    auto parent = pores.make_field<std::int32_t>();
    aggregates.of_pore.reserve(static_cast<std::size_t>(pores.pores()));
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(pores.owned_bricks().size()); ++i) {
        const auto& b = pores.bricks()[static_cast<std::size_t>(i)];
        const auto* sigma = problem.uniform() ? nullptr : &problem.conductivity_tile(i);
        const auto blocks = multigrid::aggregate_blocks(b, sigma, strength);
        const auto first = static_cast<std::int32_t>(level.code.size());
        aggregates.first_node.push_back(first);
        for (const auto a : blocks.of_pore) {
            parent[aggregates.of_pore.size()] = first + a;
            aggregates.of_pore.push_back(a);
        }
        for (const auto block : blocks.block) level.code.push_back(b.code << 9U | block);
    }
    return parent;
}

} // namespace

std::int64_t LevelGraph::number(std::int32_t local) const
{
    const std::int32_t rows = graph.rows();
    return local < rows ? first() + local : ghost_numbers[static_cast<std::size_t>(local - padded_rows(rows))];
}

LevelGraph coarsen_bricks(const LaplaceProblem& problem, float strength, FineAggregates& aggregates)
{
    const auto& pores = problem.pores();
    LevelGraph level;
    level.comm = pores.comm();

    // 1. aggregates, their numbers, and those of the ghosts
    auto parent = aggregate_pores(problem, strength, aggregates, level);
    const auto rows = static_cast<std::int32_t>(level.code.size());
    level.first_of_rank = first_numbers(level.comm, rows);
    const auto ghost_parent = pores.halo().ghosts_of<std::int64_t>(
        [&](std::int32_t pore) { return level.first() + parent[static_cast<std::size_t>(pore)]; });
    add_ghosts(level, ghost_parent, rows);
    for (std::size_t k = 0; k < ghost_parent.size(); ++k)
        parent[static_cast<std::size_t>(pores.pores()) + k] = local_index(level, ghost_parent[k], rows);

    // 2. sums of couplings between aggregates; in the tile 0 is solid, so indices are shifted by one
    for (auto& p : parent) ++p;
    using Tile = brick::Tile<std::int32_t>;
    Tile tile;
    BrickRows brick_rows;
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(pores.owned_bricks().size()); ++i) {
        const auto& b = pores.bricks()[static_cast<std::size_t>(i)];
        const auto next = static_cast<std::size_t>(i) + 1 < aggregates.first_node.size()
                              ? aggregates.first_node[static_cast<std::size_t>(i) + 1]
                              : rows;
        const auto first = aggregates.first_node[static_cast<std::size_t>(i)];
        brick_rows.start(static_cast<std::size_t>(next - first));
        brick::unpack(b, pores.bricks(), parent.data(), tile);
        const auto equation = problem.equations(i);
        const auto* sigma = problem.uniform() ? nullptr : &problem.conductivity_tile(i);
        brick::for_each_pore(b, [&](int r, int x, int pore) {
            const auto* p = tile.row(r % brick::edge, r / brick::edge) + x;
            const auto row = static_cast<std::size_t>(*p - 1 - first);
            for (const int step : {-Tile::plane_stride, -Tile::row_stride, -1, 1, Tile::row_stride, Tile::plane_stride}) {
                if (p[step] == 0 || p[step] == *p) continue;
                const auto* s = sigma == nullptr ? nullptr : sigma->values + (p - tile.values);
                brick_rows.add(row, p[step] - 1,
                               s == nullptr ? 1.0 : static_cast<double>(diffusion::coupling(s[0], s[step])));
            }
            brick_rows.add_dirichlet(row, equation[static_cast<std::size_t>(pore)].dirichlet);
        });
        brick_rows.append_to(level, rows);
    }
    return level;
}

LevelGraph coarsen(const LevelGraph& fine, float strength, std::vector<std::int32_t>& parent)
{
    LevelGraph coarse;
    coarse.comm = fine.comm;
    const auto& graph = fine.graph;

    // 1. aggregates and their numbers, also of the ghosts
    auto aggregates = multigrid::aggregate(graph, fine.code, strength);
    parent = std::move(aggregates.of_node);
    coarse.code = std::move(aggregates.code);
    const auto rows = static_cast<std::int32_t>(coarse.code.size());
    coarse.first_of_rank = first_numbers(coarse.comm, rows);
    const auto ghost_parent = fine.halo.ghosts_of<std::int64_t>(
        [&](std::int32_t node) { return coarse.first() + parent[static_cast<std::size_t>(node)]; });
    add_ghosts(coarse, ghost_parent, rows);
    const std::int32_t padded = padded_rows(graph.rows());
    const auto number_of_parent = [&](std::int32_t node) {
        return node < graph.rows() ? coarse.first() + parent[static_cast<std::size_t>(node)]
                                   : ghost_parent[static_cast<std::size_t>(node - padded)];
    };

    // 2. the children of each aggregate, in their order
    std::vector<std::int32_t> start(static_cast<std::size_t>(rows) + 1, 0);
    for (const auto p : parent) ++start[static_cast<std::size_t>(p) + 1];
    for (std::size_t a = 1; a < start.size(); ++a) start[a] += start[a - 1];
    std::vector<std::int32_t> child(parent.size());
    auto fill = start;
    for (std::size_t i = 0; i < parent.size(); ++i)
        child[static_cast<std::size_t>(fill[static_cast<std::size_t>(parent[i])]++)] = static_cast<std::int32_t>(i);

    // 3. sums of couplings: entries by column, then in the order of the children
    std::vector<Entry> row;
    for (std::int32_t a = 0; a < rows; ++a) {
        row.clear();
        double dirichlet = 0;
        for (std::int32_t k = start[static_cast<std::size_t>(a)]; k < start[static_cast<std::size_t>(a) + 1]; ++k) {
            const auto i = static_cast<std::size_t>(child[static_cast<std::size_t>(k)]);
            dirichlet += static_cast<double>(graph.dirichlet[i]);
            for (std::int64_t e = graph.row_start[i]; e < graph.row_start[i + 1]; ++e) {
                const auto number = number_of_parent(graph.column[static_cast<std::size_t>(e)]);
                if (number == coarse.first() + a) continue;
                row.push_back({number, 0, static_cast<double>(graph.coupling[static_cast<std::size_t>(e)])});
            }
        }
        std::stable_sort(row.begin(), row.end(), [](const Entry& p, const Entry& q) { return p.number < q.number; });
        std::size_t distinct = 0;
        for (const auto& entry : row) {
            if (distinct > 0 && row[distinct - 1].number == entry.number)
                row[distinct - 1].coupling += entry.coupling;
            else
                row[distinct++] = entry;
        }
        row.resize(distinct);
        for (auto& entry : row) entry.column = local_index(coarse, entry.number, rows);
        append_row(coarse.graph, row, dirichlet);
    }
    return coarse;
}

LevelGraph gather(const LevelGraph& level)
{
    const auto& comm = level.comm;
    const auto all = [&](const auto& values) {
        using Value = typename std::decay_t<decltype(values)>::value_type;
        return comm.gather_all(std::span<const Value>(values));
    };
    std::vector<std::int32_t> lengths;
    for (std::int32_t i = 0; i < level.graph.rows(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        lengths.push_back(static_cast<std::int32_t>(level.graph.row_start[at + 1] - level.graph.row_start[at]));
    }
    std::vector<std::int32_t> numbers;
    for (const auto column : level.graph.column) numbers.push_back(static_cast<std::int32_t>(level.number(column)));

    LevelGraph whole;
    for (const auto length : all(lengths)) whole.graph.row_start.push_back(whole.graph.row_start.back() + length);
    whole.graph.column = all(numbers);
    whole.graph.coupling = all(level.graph.coupling);
    whole.graph.dirichlet = all(level.graph.dirichlet);
    whole.code = all(level.code);
    whole.first_of_rank = {0, level.total()};
    return whole;
}

} // namespace lapilli::solve
