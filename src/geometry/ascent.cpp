// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/ascent.hpp"

#include "geometry/at_pores.hpp"

#include <algorithm>
#include <bit>

namespace lapilli::geometry {

namespace {

using brick::edge;
using brick::Position;
using morphology::NeighbourOrder;
using morphology::Shell;

/// Fills the layers beyond the faces of a sealed image with those inside.
template <class Level>
void mirror(const KnownBricks& known, std::int32_t brick, Shell<Level>& shell)
{
    if (known.grid().periodic()) return;
    const auto& p = known.place(brick);
    const auto extent = known.extent(brick);
    const std::array<std::int64_t, 3> place{p.x, p.y, p.z};
    const std::array<int, 3> stride{1, Shell<Level>::row_stride, Shell<Level>::plane_stride};
    constexpr int wide = edge + 2;
    for (std::size_t k = 0; k < 3; ++k) {
        const int i = stride[(k + 1) % 3], j = stride[(k + 2) % 3];
        const auto copy = [&](int to, int from) { // layers of the shell
            for (int b = 0; b < wide; ++b)
                for (int a = 0; a < wide; ++a)
                    shell.level[to * stride[k] + a * i + b * j] = shell.level[from * stride[k] + a * i + b * j];
        };
        if (place[k] == 0) copy(0, 1);
        if (place[k] + 1 == known.grid().along(all_axes[k])) copy(extent[k] + 1, extent[k]);
    }
}

/// The bricks around one: place (dz + 1) * 9 + (dy + 1) * 3 + dx + 1.
std::array<std::int32_t, 27> bricks_around(const KnownBricks& known, std::int32_t brick)
{
    std::array<std::int32_t, 27> around{};
    const auto& p = known.place(brick);
    for (int i = 0; i < 27; ++i) {
        const auto place = known.grid().inside({p.x + i % 3 - 1, p.y + i / 3 % 3 - 1, p.z + i / 9 - 1});
        around[i] = place ? known.at(*place) : KnownBricks::solid;
    }
    return around;
}

/// Turns ways of one brick into voxels.
class Steps {
public:
    Steps(const KnownBricks& known, std::int32_t brick, const std::array<NeighbourOrder, 3>& order)
        : known_(known), order_(order), around_(bricks_around(known, brick)), extent_(known.extent(brick))
    {
    }
    std::uint32_t from(const std::array<int, 3>& place, unsigned way) const
    {
        const std::array<unsigned, 3> rank{way % 3, way / 3 % 3, way / 9};
        std::array<int, 3> to{}, side{};
        for (std::size_t k = 0; k < 3; ++k) {
            to[k] = place[k] + order_[k].step(place[k], rank[k]);
            side[k] = to[k] < 0 ? -1 : to[k] >= extent_[k] ? 1 : 0;
        }
        const auto brick = around_[(side[2] + 1) * 9 + (side[1] + 1) * 3 + side[0] + 1];
        for (std::size_t k = 0; k < 3; ++k)
            if (side[k] != 0) to[k] = side[k] < 0 ? known_.extent(brick)[k] - 1 : 0;
        return brick * tile_voxels + (to[2] * edge + to[1]) * edge + to[0];
    }

private:
    const KnownBricks& known_;
    const std::array<NeighbourOrder, 3>& order_;
    std::array<std::int32_t, 27> around_;
    std::array<std::uint8_t, 3> extent_;
};

} // namespace

std::array<std::int64_t, 3> coordinates_of(const KnownBricks& known, std::uint32_t voxel)
{
    const auto& p = known.place(voxel / tile_voxels);
    return {p.x * edge + voxel % edge, p.y * edge + voxel / edge % edge, p.z * edge + voxel / (edge * edge) % edge};
}

std::int64_t number_of(const KnownBricks& known, std::uint32_t voxel)
{
    const auto at = coordinates_of(known, voxel);
    const auto& shape = known.grid().shape();
    return (at[2] * shape.ny + at[1]) * shape.nx + at[0];
}

template <class Level>
Tiles<morphology::Key<Level>> blurred(const image::PoreSpace& pores, Tiles<Level>& open)
{
    const KnownBricks known(pores.open(), 1);
    open.resize(known.size());
    GhostLayers(known).fill(open);
    Tiles<morphology::Key<Level>> keys(known.owned());
    Shell<Level> shell;
    for (std::int32_t b = 0; b < known.owned(); ++b) {
        gather_shell(known, open, b, shell);
        mirror(known, b, shell);
        morphology::blur(shell, known.mask(b), keys[b]);
    }
    return at_pores(pores, std::move(keys));
}

template <class Number>
Tiles<std::uint32_t> ways_up(const KnownBricks& known, const GhostLayers& ghosts, Tiles<Number> keys)
{
    keys.resize(known.size());
    ghosts.fill(keys);
    Tiles<std::uint32_t> up(known.owned());
    Shell<Number> shell;
    std::array<std::uint8_t, tile_voxels> ways{};
    const auto& grid = known.grid();
    for (std::int32_t b = 0; b < known.owned(); ++b) {
        gather_shell(known, keys, b, shell);
        const auto& p = known.place(b);
        const auto order = [&](std::int64_t place, Axis axis) {
            return NeighbourOrder(place * edge, grid.shape().along(axis), grid.periodic());
        };
        const std::array<NeighbourOrder, 3> orders{order(p.x, Axis::x), order(p.y, Axis::y), order(p.z, Axis::z)};
        find_ways_up(shell, orders, ways.data());
        const Steps steps(known, b, orders);
        for (int r = 0; r < brick::rows; ++r)
            for (unsigned bits = known.mask(b).row[r]; bits != 0; bits &= bits - 1) {
                const int x = std::countr_zero(bits);
                up[b][r * edge + x] = steps.from({x, r % edge, r / edge}, ways[r * edge + x]);
            }
    }
    return up;
}

template Tiles<std::uint32_t> blurred(const image::PoreSpace&, Tiles<std::uint16_t>&);
template Tiles<std::uint64_t> blurred(const image::PoreSpace&, Tiles<std::uint32_t>&);
template Tiles<std::uint32_t> ways_up(const KnownBricks&, const GhostLayers&, Tiles<std::uint32_t>);
template Tiles<std::uint32_t> ways_up(const KnownBricks&, const GhostLayers&, Tiles<std::uint64_t>);

} // namespace lapilli::geometry
