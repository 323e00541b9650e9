// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/painting.hpp"

#include "geometry/ball_lists.hpp"
#include "morphology/painting.hpp"

#include <algorithm>

namespace lapilli::geometry {

namespace {

using brick::edge;

/// A brick within reach of another one, along an axis.
struct Near {
    std::int64_t place; ///< in the grid
    int corner;         ///< its first voxel, from that of the other one
};

/// Along an axis the bricks with a voxel within `reach` of a brick, itself too; of a periodic image as often as it repeats.
std::vector<Near> bricks_within(const brick::Grid& grid, Axis axis, std::int64_t place, int reach)
{
    std::vector<Near> near;
    const auto voxels = grid.shape().along(axis), bricks = grid.along(axis);
    const auto turns = grid.periodic() ? reach / voxels + 1 : 0;
    for (auto turn = -turns; turn <= turns; ++turn)
        for (std::int64_t q = 0; q < bricks; ++q) {
            const auto corner = (q - place) * edge + turn * voxels;
            if (corner <= edge - 1 + reach && corner + grid.extent(q, axis) > -reach)
                near.push_back({q, static_cast<int>(corner)});
        }
    return near;
}

} // namespace

template <class Level>
Tiles<Level> paint_balls(const KnownBricks& known, const GhostLayers& ghosts, Tiles<Level> levels,
                         const morphology::Weights& weights)
{
    const auto& pores = known.pores();
    levels.resize(known.size());
    ghosts.fill(levels);
    const auto& values = levels.values();
    const Level own_top = values.empty() ? Level{0} : *std::max_element(values.begin(), values.end());
    const Level top = pores.comm().max(std::int64_t{own_top});
    if (top == 0) {
        levels.resize(known.owned());
        return levels;
    }
    const auto reach = morphology::make_reach(top, weights);

    BallLists<Level> lists;
    {
        morphology::BallSelector<Level> selector(top, weights);
        morphology::Shell<Level> shell;
        for (std::int32_t b = 0; b < known.owned(); ++b)
            lists.add_own([&](auto& balls) {
                gather_shell(known, levels, b, shell);
                selector.select(shell, known.mask(b), balls);
            });
    }
    lists.share(known, reach);
    levels.resize(known.owned());

    morphology::Painter<Level> painter(top, weights);
    std::vector<morphology::Source<Level>> sources;
    for (std::int32_t b = 0; b < known.owned(); ++b) {
        const auto& place = known.place(b);
        sources.clear();
        const auto along_z = bricks_within(known.grid(), Axis::z, place.z, reach[2](top)),
                   along_y = bricks_within(known.grid(), Axis::y, place.y, reach[1](top)),
                   along_x = bricks_within(known.grid(), Axis::x, place.x, reach[0](top));
        for (const auto& z : along_z)
            for (const auto& y : along_y)
                for (const auto& x : along_x)
                    if (const auto balls = lists.of({x.place, y.place, z.place}); !balls.empty())
                        sources.push_back({balls, {x.corner, y.corner, z.corner}});
        painter.paint(known.mask(b), sources, levels[b]);
    }
    return levels;
}

template Tiles<std::uint16_t> paint_balls(const KnownBricks&, const GhostLayers&, Tiles<std::uint16_t>,
                                          const morphology::Weights&);
template Tiles<std::uint32_t> paint_balls(const KnownBricks&, const GhostLayers&, Tiles<std::uint32_t>,
                                          const morphology::Weights&);

} // namespace lapilli::geometry
