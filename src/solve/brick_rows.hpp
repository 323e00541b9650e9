// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/tile.hpp"
#include "image/pore_space.hpp"
#include "solve/coarsen.hpp"

#include <functional>

namespace lapilli::solve {

/// How the values of the finest level map to the nodes of the first coarse one.
struct FineAggregates {
    std::vector<std::int32_t> first_node; ///< per owned brick: local index of its first aggregate
    std::vector<std::uint16_t> of_pore;   ///< per place in a field: aggregate inside its brick
};

/// Aggregates of all owned bricks: fills `aggregates` and the codes of `level`, and makes the level's ghosts. Returns the
/// local index of the aggregate of each pore and ghost. Collective.
/// @param conductivity  of a brick and its halo, where strength matters; nullptr: all pores alike
/// @param fixed         couplings of a brick's pores to fixed values, where strength matters
template <class Value>
std::vector<std::int32_t> aggregate_pores(const image::PoreSpace& pores,
                                          const std::function<const brick::Tile<float>*(std::int32_t)>& conductivity,
                                          float strength, FineAggregates& aggregates, LevelGraph<Value>& level,
                                          const std::function<const float*(std::int32_t)>& fixed = {});

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
