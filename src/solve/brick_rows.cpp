// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/brick_rows.hpp"

#include "multigrid/aggregate.hpp"

namespace lapilli::solve {

template <class Value>
std::vector<std::int32_t>
aggregate_pores(const image::PoreSpace& pores, const std::function<const brick::Tile<float>*(std::int32_t)>& conductivity,
                float strength, FineAggregates& aggregates, LevelGraph<Value>& level, const BrickHooks& hooks)
{
    level.comm = pores.comm();
    const multigrid::StretchedGrid grid(pores.edges(), pores.shape());
    auto node = pores.make_field<std::int32_t>();
    aggregates.of_pore.reserve(pores.pores());
    for (std::int32_t i = 0; i < std::ssize(pores.owned_bricks()); ++i) {
        const auto& b = pores.bricks()[i];
        const auto blocks =
            multigrid::aggregate_blocks(b, grid, conductivity(i), strength, hooks.fixed ? hooks.fixed(i) : nullptr);
        const std::int32_t first = level.code.size();
        aggregates.first_node.push_back(first);
        for (const auto a : blocks.of_pore) {
            node[aggregates.of_pore.size()] = first + a;
            aggregates.of_pore.push_back(a);
        }
        for (const auto voxel : blocks.first) level.code.push_back(grid.first_level(b.code << 12U | voxel));
        if (hooks.after_brick) hooks.after_brick(first);
    }
    return node;
}

template <class Value>
void share_nodes(const image::PoreSpace& pores, LevelGraph<Value>& level,
                 std::span<std::vector<std::int32_t>* const> nodes_of_pores)
{
    const std::int32_t rows = level.code.size();
    level.share_rows(rows);
    std::vector<std::int64_t> numbers;
    for (const auto* node : nodes_of_pores) {
        const auto of_ghosts =
            pores.halo().ghosts_of<std::int64_t>([&](std::int32_t pore) { return level.first() + (*node)[pore]; });
        numbers.insert(numbers.end(), of_ghosts.begin(), of_ghosts.end());
    }
    level.add_ghosts(numbers, rows);
    auto number = numbers.begin();
    for (auto* node : nodes_of_pores)
        for (std::int32_t ghost = 0; ghost < pores.ghosts(); ++ghost)
            (*node)[pores.pores() + ghost] = level.local_index(*number++, rows);
}

template std::vector<std::int32_t> aggregate_pores(const image::PoreSpace&,
                                                   const std::function<const brick::Tile<float>*(std::int32_t)>&, float,
                                                   FineAggregates&, LevelGraph<float>&, const BrickHooks&);
template std::vector<std::int32_t> aggregate_pores(const image::PoreSpace&,
                                                   const std::function<const brick::Tile<float>*(std::int32_t)>&, float,
                                                   FineAggregates&, LevelGraph<Float4>&, const BrickHooks&);
template void share_nodes(const image::PoreSpace&, LevelGraph<float>&, std::span<std::vector<std::int32_t>* const>);
template void share_nodes(const image::PoreSpace&, LevelGraph<Float4>&, std::span<std::vector<std::int32_t>* const>);

} // namespace lapilli::solve
