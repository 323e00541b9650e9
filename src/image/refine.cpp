// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/refine.hpp"

#include <algorithm>
#include <bit>

namespace lapilli::image {

namespace {

constexpr int half = brick::edge / 2;

/// Eight voxels of a row as sixteen cells: every bit twice.
constexpr std::uint16_t doubled(unsigned voxels)
{
    unsigned v = voxels & 0xffU;
    v = (v | v << 4U) & 0x0f0fU;
    v = (v | v << 2U) & 0x3333U;
    v = (v | v << 1U) & 0x5555U;
    return v | v << 1U;
}

/// The octant (bit 0: upper x, bit 1: upper y, bit 2: upper z) of a brick, doubled to a whole brick.
brick::Mask double_octant(const brick::Mask& mask, unsigned octant)
{
    const unsigned x0 = (octant & 1U) * half, y0 = (octant >> 1U & 1U) * half, z0 = (octant >> 2U) * half;
    brick::Mask cells;
    for (unsigned z = 0; z < brick::edge; ++z)
        for (unsigned y = 0; y < brick::edge; ++y)
            cells.row[z * brick::edge + y] = doubled(mask.row[(z0 + z / 2) * brick::edge + y0 + y / 2] >> x0);
    return cells;
}

/// Appends the phases of the cells of an octant; those of the brick's voxels begin at `phases`.
void append_phases(const brick::Brick& brick, unsigned octant, const brick::Mask& cells, const std::uint8_t* phases,
                   std::vector<std::uint8_t>& to)
{
    const int x0 = (octant & 1U) * half, y0 = (octant >> 1U & 1U) * half, z0 = (octant >> 2U) * half;
    for (int r = 0; r < brick::rows; ++r) {
        const int row = (z0 + r / brick::edge / 2) * brick::edge + y0 + r % brick::edge / 2;
        for (unsigned bits = cells.row[r]; bits != 0; bits &= bits - 1)
            to.push_back(phases[brick.index(row, x0 + std::countr_zero(bits) / 2)]);
    }
}

} // namespace

BrickSet refine(const BrickSet& voxels)
{
    BrickSet cells;
    std::int32_t first = 0;
    for (std::size_t b = 0; b < voxels.codes.size(); ++b) {
        brick::Brick brick;
        brick.mask = voxels.masks[b];
        brick.number(0);
        for (unsigned octant = 0; octant < 8; ++octant) {
            const auto mask = double_octant(brick.mask, octant);
            if (mask == brick::Mask{}) continue;
            cells.codes.push_back(voxels.codes[b] << 3U | octant);
            cells.masks.push_back(mask);
            if (!voxels.phases.empty()) append_phases(brick, octant, mask, voxels.phases.data() + first, cells.phases);
        }
        first += brick.pores;
    }
    return cells;
}

BrickSet owned(const PoreSpace& pores)
{
    BrickSet set;
    for (const auto& b : pores.owned_bricks()) {
        set.codes.push_back(b.code);
        set.masks.push_back(b.mask);
    }
    set.phases.assign(pores.phases().begin(), pores.phases().end());
    return set;
}

BrickSet cut_out(const PoreSpace& pores, const Block& block)
{
    BrickSet set;
    const auto inside = [&](std::int64_t c) { return c >= 0 && c < block.bricks; };
    for (const auto& b : pores.owned_bricks()) {
        const auto p = brick::from_morton(b.code);
        const brick::Position place{p.x - block.first.x, p.y - block.first.y, p.z - block.first.z};
        if (!inside(place.x) || !inside(place.y) || !inside(place.z)) continue;
        set.codes.push_back(brick::morton(place));
        set.masks.push_back(b.mask);
        if (pores.phases().empty()) continue;
        const auto phases = pores.phases().subspan(b.first, b.pores);
        set.phases.insert(set.phases.end(), phases.begin(), phases.end());
    }
    return set;
}

} // namespace lapilli::image
