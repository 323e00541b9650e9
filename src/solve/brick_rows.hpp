// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/tile.hpp"
#include "image/pore_space.hpp"
#include "solve/coarsen.hpp"

#include <functional>
#include <span>
#include <vector>

namespace lapilli::solve {

/// How the values of the finest level map to the nodes of the first coarse one.
struct FineAggregates {
    std::vector<std::int32_t> first_node; ///< per owned brick: local index of its first aggregate
    std::vector<std::uint16_t> of_pore;   ///< per place in a field: aggregate inside its brick

    /// Of a brick. @param rows  of the level on this rank
    std::int32_t count(std::int32_t brick, std::int32_t rows) const
    {
        return (brick + 1 < std::ssize(first_node) ? first_node[brick + 1] : rows) - first_node[brick];
    }
};

/// What else a problem has to say or to do while the pores of its bricks are aggregated.
struct BrickHooks {
    /// Couplings of a brick's pores to fixed values, where strength matters.
    std::function<const float*(std::int32_t)> fixed = {};
    /// Called after each brick with the local index of its first aggregate: may append nodes to the level.
    std::function<void(std::int32_t)> after_brick = {};
};

/// Aggregates of all owned bricks: fills `aggregates` and the codes of `level`. Returns the node of each pore, with room for
/// the ghosts. Local.
/// @param conductivity  of a brick and its halo, where strength matters; nullptr: all pores alike
template <class Value>
std::vector<std::int32_t>
aggregate_pores(const image::PoreSpace& pores, const std::function<const brick::Tile<float>*(std::int32_t)>& conductivity,
                float strength, FineAggregates& aggregates, LevelGraph<Value>& level, const BrickHooks& hooks = {});

/// Numbers the nodes of a level, whose codes are there, and makes its ghosts. Collective.
/// @param nodes_of_pores  fields of nodes, whose ghosts are filled
template <class Value>
void share_nodes(const image::PoreSpace& pores, LevelGraph<Value>& level,
                 std::span<std::vector<std::int32_t>* const> nodes_of_pores);

/// Rows of the aggregates of one brick, collected pore by pore in canonical order.
template <class Value>
class BrickRows {
public:
    void start(std::size_t aggregates)
    {
        count_.assign(aggregates, 0);
        dirichlet_.assign(aggregates, Wide<Value>{});
        entries_.resize(aggregates * most);
    }
    void add(std::size_t row, std::int32_t column, Wide<Value> coupling)
    {
        Entry<Value>* entry = &entries_[row * most];
        const int n = count_[row];
        for (int k = 0; k < n; ++k)
            if (entry[k].column == column) {
                entry[k].coupling += coupling;
                return;
            }
        entry[n] = {0, column, coupling};
        ++count_[row];
    }
    void add_dirichlet(std::size_t row, Wide<Value> coupling) { dirichlet_[row] += coupling; }
    /// @param rows  of the level on this rank when all bricks are done
    void append_to(LevelGraph<Value>& level, std::int32_t rows)
    {
        for (std::size_t a = 0; a < count_.size(); ++a) {
            const auto row = std::span(entries_).subspan(a * most, count_[a]);
            for (auto& entry : row) entry.number = level.number(entry.column, rows);
            append_row(level.graph, row, dirichlet_[a]);
        }
    }

private:
    static constexpr std::size_t most = 24; // eight voxels with three faces each that leave the block
    std::vector<int> count_;
    std::vector<Wide<Value>> dirichlet_;
    std::vector<Entry<Value>> entries_;
};

} // namespace lapilli::solve
