// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/planes.hpp"

#include "brick/morton.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lapilli::image {

namespace {

/// Of the first voxel of a brick.
PerAxis<std::int64_t> origin_of(const brick::Brick& b)
{
    const auto p = brick::from_morton(b.code);
    return {{p.x * brick::edge, p.y * brick::edge, p.z * brick::edge}};
}

/// Calls visit(pore, voxel), where `voxel` has the coordinates, for each pore of a brick.
template <class Visit>
void for_each_voxel(const brick::Brick& b, Visit&& visit)
{
    const auto origin = origin_of(b);
    brick::for_each_pore(b, [&](int row, int x, int pore) {
        visit(b.first + pore, PerAxis<std::int64_t>{{origin[Axis::x] + x, origin[Axis::y] + row % brick::edge,
                                                     origin[Axis::z] + row / brick::edge}});
    });
}

/// Sends what every rank has to rank 0, which gets it rank by rank.
template <class T>
std::vector<std::vector<T>> to_root(const parallel::Communicator& comm, std::vector<T> mine)
{
    std::vector<std::vector<T>> outgoing(comm.size());
    outgoing.front() = std::move(mine);
    return comm.exchange_all(outgoing);
}

struct Count {
    std::int32_t cube;
    std::int32_t pores;
};

/// The pores of a brick by cube: of those that it meets, at most 16 along an axis, which are few.
void add_counts(const brick::Brick& b, const PoreShares& shares, std::vector<Count>& counts)
{
    std::array<std::int32_t, brick::edge * brick::rows> of_cube{};
    const auto origin = origin_of(b);
    const auto place = [&](std::int64_t voxel, Axis axis) { return voxel / shares.edge - origin[axis] / shares.edge; };
    for_each_voxel(b, [&](std::int32_t, const PerAxis<std::int64_t>& at) {
        ++of_cube[(place(at[Axis::z], Axis::z) * brick::edge + place(at[Axis::y], Axis::y)) * brick::edge +
                  place(at[Axis::x], Axis::x)];
    });
    for (std::int32_t i = 0; i < std::ssize(of_cube); ++i) {
        if (of_cube[i] == 0) continue;
        const auto cube = [&](std::int64_t from, Axis axis) { return from + origin[axis] / shares.edge; };
        const auto z = cube(i / brick::rows, Axis::z), y = cube(i / brick::edge % brick::edge, Axis::y),
                   x = cube(i % brick::edge, Axis::x);
        counts.push_back({static_cast<std::int32_t>((z * shares.shape.ny + y) * shares.shape.nx + x), of_cube[i]});
    }
}

} // namespace

template <class T>
std::vector<T> gather_plane(const PoreSpace& pores, const Plane& plane, std::span<const T> values, T solid)
{
    struct Pixel {
        std::int64_t place;
        T value;
    };
    const auto& comm = pores.comm();
    const std::int64_t width = pores.shape().along(plane.across()), height = pores.shape().along(plane.down());
    std::vector<Pixel> mine;
    for (const auto& b : pores.owned_bricks()) {
        const auto first = origin_of(b)[plane.normal];
        if (plane.index < first || plane.index >= first + brick::edge) continue;
        for_each_voxel(b, [&](std::int32_t pore, const PerAxis<std::int64_t>& at) {
            if (at[plane.normal] == plane.index)
                mine.push_back({at[plane.down()] * width + at[plane.across()], values[pore]});
        });
    }
    const auto pixels = to_root(comm, std::move(mine));
    if (!comm.is_root()) return {};
    std::vector<T> picture(width * height, solid);
    for (const auto& of_rank : pixels)
        for (const auto& pixel : of_rank) picture[pixel.place] = pixel.value;
    return picture;
}

template std::vector<float> gather_plane<float>(const PoreSpace&, const Plane&, std::span<const float>, float);
template std::vector<std::uint8_t> gather_plane<std::uint8_t>(const PoreSpace&, const Plane&, std::span<const std::uint8_t>,
                                                              std::uint8_t);

PoreShares pore_shares(const PoreSpace& pores, std::int64_t most)
{
    const auto& shape = pores.shape();
    PoreShares result;
    const auto cubes = [&](std::int64_t voxels) { return (voxels + result.edge - 1) / result.edge; };
    result.edge = (std::max({shape.nx, shape.ny, shape.nz}) + most - 1) / most;
    result.shape = {cubes(shape.nz), cubes(shape.ny), cubes(shape.nx)};
    std::vector<Count> mine;
    for (const auto& b : pores.owned_bricks()) add_counts(b, result, mine);
    const auto counts = to_root(pores.comm(), std::move(mine));
    if (!pores.comm().is_root()) return result;
    std::vector<std::int64_t> sums(result.shape.voxels());
    for (const auto& of_rank : counts)
        for (const auto& count : of_rank) sums[count.cube] += count.pores;
    result.shares.resize(sums.size());
    const auto voxels = [&](Axis axis, std::int64_t cube) {
        return std::min(result.edge, shape.along(axis) - cube * result.edge);
    };
    for (std::int64_t z = 0, i = 0; z < result.shape.nz; ++z)
        for (std::int64_t y = 0; y < result.shape.ny; ++y)
            for (std::int64_t x = 0; x < result.shape.nx; ++x, ++i)
                result.shares[i] = (255 * sums[i]) / (voxels(Axis::z, z) * voxels(Axis::y, y) * voxels(Axis::x, x));
    return result;
}

PerAxis<std::vector<std::int64_t>> pores_in_planes(const PoreSpace& pores)
{
    PerAxis<std::vector<std::int64_t>> counts;
    for (const Axis axis : all_axes) counts[axis].resize(pores.shape().along(axis));
    for (const auto& b : pores.owned_bricks())
        for_each_voxel(b, [&](std::int32_t, const PerAxis<std::int64_t>& at) {
            for (const Axis axis : all_axes) ++counts[axis][at[axis]];
        });
    for (auto& of_axis : counts) pores.comm().sum(of_axis);
    return counts;
}

PerAxis<std::vector<std::int64_t>> sample_in_planes(const PoreSpace& pores)
{
    PerAxis<std::vector<std::int64_t>> counts;
    const auto& shape = pores.shape();
    for (const Axis axis : all_axes) counts[axis].assign(shape.along(axis), shape.voxels() / shape.along(axis));
    if (pores.all_sample()) return counts;
    const auto part = pores_in_planes(pores), open = pores_in_planes(pores.open());
    for (const Axis axis : all_axes)
        for (std::int64_t i = 0; i < shape.along(axis); ++i) counts[axis][i] -= open[axis][i] - part[axis][i];
    return counts;
}

} // namespace lapilli::image
