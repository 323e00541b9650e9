// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/complement.hpp"

#include "brick/morton.hpp"

#include <algorithm>

namespace lapilli::image {

namespace {

/// The voxels of a brick that are inside the image.
brick::Mask inside(const std::array<std::uint8_t, 3>& extent)
{
    brick::Mask mask;
    for (int z = 0; z < extent[2]; ++z)
        for (int y = 0; y < extent[1]; ++y) mask.row[z * brick::edge + y] = (1U << extent[0]) - 1;
    return mask;
}

/// Takes the pores of the own brick with that code out of a mask, if there is one.
void take_out(const PoreSpace& pores, std::uint64_t code, brick::Mask& mask)
{
    const auto bricks = pores.owned_bricks(); // in the order of their codes
    const auto own = std::lower_bound(bricks.begin(), bricks.end(), code,
                                      [](const brick::Brick& b, std::uint64_t c) { return b.code < c; });
    if (own == bricks.end() || own->code != code) return;
    for (std::size_t r = 0; r < mask.row.size(); ++r) mask.row[r] &= ~own->mask.row[r];
}

} // namespace

BrickSet complement(const PoreSpace& pores)
{
    const auto& grid = pores.grid();
    BrickSet rest;
    for (std::int64_t z = 0; z < grid.along(Axis::z); ++z)
        for (std::int64_t y = 0; y < grid.along(Axis::y); ++y)
            for (std::int64_t x = 0; x < grid.along(Axis::x); ++x) {
                const auto code = brick::morton({x, y, z});
                if (pores.partition().owner(code) != pores.comm().rank()) continue;
                auto mask = inside(grid.extent({x, y, z}));
                take_out(pores, code, mask);
                rest.codes.push_back(code);
                rest.masks.push_back(mask);
            }
    return rest;
}

BrickSet outside_of(const PoreSpace& pores)
{
    BrickSet outside;
    if (pores.all_sample()) return outside;
    for (const auto& b : pores.open().owned_bricks()) {
        auto mask = b.mask;
        take_out(pores, b.code, mask);
        outside.codes.push_back(b.code);
        outside.masks.push_back(mask);
    }
    return outside;
}

} // namespace lapilli::image
