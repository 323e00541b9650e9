// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/morton.hpp"
#include "geometry/tiles.hpp"
#include "image/pore_space.hpp"
#include "morphology/weights.hpp"
#include "support/made_image.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace lapilli::test {

/// An image on every rank, and what follows from it by going through all pairs of voxels, as the definitions say.
struct DenseShape {
    Shape shape;
    bool periodic = false;
    morphology::Weights weights;
    std::vector<std::uint8_t> pore;    ///< (nz, ny, nx)
    std::vector<std::uint8_t> outside; ///< the sample, likewise; empty: nothing is

    using Field = std::vector<std::int64_t>;
    std::int64_t size() const { return shape.voxels(); }
    std::array<std::int64_t, 3> place(std::int64_t voxel) const
    {
        return {voxel % shape.nx, voxel / shape.nx % shape.ny, voxel / shape.plane()};
    }
    /// Squared distance of two voxels; of a periodic image that of the closest repetitions.
    std::int64_t apart(std::int64_t a, std::int64_t b) const
    {
        const auto p = place(a), q = place(b);
        std::int64_t sum = 0;
        for (int k = 0; k < 3; ++k) {
            auto d = std::abs(p[k] - q[k]);
            if (periodic) d = std::min(d, shape.along(all_axes[k]) - d);
            sum += weights.squared_edge[k] * d * d;
        }
        return sum;
    }
    bool open(std::int64_t voxel) const { return pore[voxel] != 0 || (!outside.empty() && outside[voxel] != 0); }
    /// To the solid, from all that is open.
    Field open_distances() const
    {
        Field d(size(), 0);
        for (std::int64_t i = 0; i < size(); ++i) {
            if (!open(i)) continue;
            d[i] = std::int64_t{1} << 40;
            for (std::int64_t j = 0; j < size(); ++j)
                if (!open(j)) d[i] = std::min(d[i], apart(i, j));
        }
        return d;
    }
    Field distances() const
    {
        auto d = open_distances();
        for (std::int64_t i = 0; i < size(); ++i)
            if (pore[i] == 0) d[i] = 0;
        return d;
    }
    /// max{ s(c) : |x - c|² < s(c) }, s(x) where there is none
    Field painted(const Field& s) const
    {
        Field t(s);
        for (std::int64_t c = 0; c < size(); ++c)
            for (std::int64_t x = 0; s[c] > 0 && x < size(); ++x)
                if (pore[x] != 0 && s[c] > t[x] && apart(x, c) < s[c]) t[x] = s[c];
        return t;
    }
    /// Widest ways from the pores of a face, by raising until nothing changes.
    Field access(const Field& s, Axis axis, bool upper) const
    {
        Field a(size(), 0);
        const int k = index(axis);
        for (std::int64_t i = 0; i < size(); ++i)
            if (place(i)[k] == (upper ? shape.along(axis) - 1 : 0)) a[i] = s[i];
        const std::array<std::int64_t, 3> step{1, shape.nx, shape.plane()};
        for (bool changed = true; changed;) {
            changed = false;
            for (std::int64_t i = 0; i < size(); ++i)
                for (int n = 0; n < 3; ++n)
                    for (const int side : {-1, 1}) {
                        const auto length = shape.along(all_axes[n]), at = place(i)[n] + side;
                        const bool leaves = at < 0 || at >= length;
                        if (leaves && (!periodic || n == k)) continue;
                        const auto j = i + side * step[n] - (leaves ? side * length * step[n] : 0);
                        const auto level = std::min(a[j], s[i]);
                        if (level > a[i]) a[i] = level, changed = true;
                    }
        }
        return a;
    }
};

/// What stands on all ranks as a dense field, on each of them; 0 where no pore is. Collective.
template <class Level>
DenseShape::Field dense(const image::PoreSpace& pores, const geometry::Tiles<Level>& tiles)
{
    struct Value {
        std::int64_t voxel, value;
    };
    std::vector<Value> mine;
    const auto& shape = pores.shape();
    for (std::size_t b = 0; b < pores.owned_bricks().size(); ++b)
        brick::for_each_pore(pores.owned_bricks()[b], [&](int row, int x, int) {
            const auto& brick = pores.owned_bricks()[b];
            const auto z = pores.coordinate(brick, Axis::z, row, x), y = pores.coordinate(brick, Axis::y, row, x);
            mine.push_back(
                {(z * shape.ny + y) * shape.nx + pores.coordinate(brick, Axis::x, row, x), tiles[b][row * 16 + x]});
        });
    DenseShape::Field field(shape.voxels(), 0);
    for (const auto& [voxel, value] : pores.comm().gather_all(std::span<const Value>(mine))) field[voxel] = value;
    return field;
}

/// Takes a part of an image out of the sample: what is around a cylinder, or lumps anywhere.
inline void leave_out(DenseShape& image, bool cylinder, int seed)
{
    const auto& shape = image.shape;
    for (std::int64_t i = 0; i < image.size(); ++i) {
        const auto [x, y, z] = image.place(i);
        const auto dx = 2 * x + 1 - shape.nx, dy = 2 * y + 1 - shape.ny, width = std::min(shape.nx, shape.ny);
        const bool out = cylinder ? dx * dx + dy * dy > width * width : noise(x / 4, y / 5, z / 3, seed) < 0.3;
        image.outside.push_back(out ? 1 : 0);
        if (out) image.pore[i] = 0;
    }
}

/// Random images of many kinds: noise, pores with necks, a few solid voxels; thin, uneven, periodic, with flat voxels; some
/// of which are not all sample.
template <class Visit>
void for_each_random_shape(int count, Visit&& visit)
{
    for (int seed = 0; seed < count; ++seed) {
        const auto pick = [&](int what, double from, double to) { return from + (to - from) * noise(what, seed, 0, 99); };
        DenseShape image;
        const auto length = [&](int what) { return static_cast<std::int64_t>(pick(what, 1, seed % 5 == 0 ? 37 : 20)); };
        image.shape = {seed % 7 == 0 ? 1 : length(0), length(1), length(2)};
        constexpr std::int64_t most = 5000; // voxels, since all pairs of them are looked at
        while (image.size() > most) image.shape.nz = image.shape.nz / 2;
        image.periodic = seed % 2 == 1;
        if (seed % 3 == 2) image.weights = {{1 + static_cast<int>(pick(5, 0, 4)), 1, 1 + static_cast<int>(pick(6, 0, 9))}};
        const double level = seed % 4 == 3 ? pick(4, 0.95, 1) : pick(4, 0.2, 0.9);
        for (std::int64_t z = 0; z < image.shape.nz; ++z)
            for (std::int64_t y = 0; y < image.shape.ny; ++y)
                for (std::int64_t x = 0; x < image.shape.nx; ++x) {
                    const bool smooth = seed % 4 == 2;
                    image.pore.push_back(smooth ? smooth_noise(x, y, z, seed) < 0.5 : noise(x, y, z, seed) < level);
                }
        if (!image.periodic && seed % 3 != 0) leave_out(image, seed % 3 == 1, seed);
        visit(image);
    }
}

/// What rank 0 computes, on every rank. Collective.
template <class Compute>
DenseShape::Field once(const parallel::Communicator& comm, Compute&& compute)
{
    DenseShape::Field field;
    if (comm.is_root()) field = compute();
    comm.broadcast(field);
    return field;
}

/// Its pores, distributed. Collective.
inline image::PoreSpace pores_of(const parallel::Communicator& comm, const DenseShape& image)
{
    const auto bricks = [&](const std::vector<std::uint8_t>& voxels) {
        return make_bricks(comm, image.shape, [&](std::int64_t x, std::int64_t y, std::int64_t z) {
            return voxels[(z * image.shape.ny + y) * image.shape.nx + x];
        });
    };
    image::PoreSpace pores(comm, image.shape, bricks(image.pore), image.periodic ? Boundary::periodic : Boundary::sealed);
    if (!image.outside.empty()) pores.leave_out(bricks(image.outside));
    return pores;
}

} // namespace lapilli::test
