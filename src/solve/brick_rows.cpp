// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/brick_rows.hpp"

#include "multigrid/aggregate.hpp"

namespace lapilli::solve {

template <class Value>
std::vector<std::int32_t> aggregate_pores(const image::PoreSpace& pores,
                                          const std::function<const brick::Tile<float>*(std::int32_t)>& conductivity,
                                          float strength, FineAggregates& aggregates, LevelGraph<Value>& level,
                                          const std::function<const float*(std::int32_t)>& fixed)
{
    level.comm = pores.comm();
    const multigrid::StretchedGrid grid(pores.edges(), pores.shape());
    auto parent = pores.make_field<std::int32_t>();
    aggregates.of_pore.reserve(pores.pores());
    for (std::int32_t i = 0; i < std::ssize(pores.owned_bricks()); ++i) {
        const auto& b = pores.bricks()[i];
        const auto blocks = multigrid::aggregate_blocks(b, grid, conductivity(i), strength, fixed ? fixed(i) : nullptr);
        const std::int32_t first = level.code.size();
        aggregates.first_node.push_back(first);
        for (const auto a : blocks.of_pore) {
            parent[aggregates.of_pore.size()] = first + a;
            aggregates.of_pore.push_back(a);
        }
        for (const auto voxel : blocks.first) level.code.push_back(grid.first_level(b.code << 12U | voxel));
    }
    const std::int32_t rows = level.code.size();
    level.share_rows(rows);
    const auto ghost_parent =
        pores.halo().ghosts_of<std::int64_t>([&](std::int32_t pore) { return level.first() + parent[pore]; });
    level.add_ghosts(ghost_parent, rows);
    for (std::size_t k = 0; k < ghost_parent.size(); ++k)
        parent[pores.pores() + k] = level.local_index(ghost_parent[k], rows);
    return parent;
}

template std::vector<std::int32_t> aggregate_pores(const image::PoreSpace&,
                                                   const std::function<const brick::Tile<float>*(std::int32_t)>&, float,
                                                   FineAggregates&, LevelGraph<float>&,
                                                   const std::function<const float*(std::int32_t)>&);
template std::vector<std::int32_t> aggregate_pores(const image::PoreSpace&,
                                                   const std::function<const brick::Tile<float>*(std::int32_t)>&, float,
                                                   FineAggregates&, LevelGraph<Float4>&,
                                                   const std::function<const float*(std::int32_t)>&);

} // namespace lapilli::solve
