// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "diffusion/unit_equation.hpp"

#include "brick/beyond.hpp"
#include "brick/lanes.hpp"
#include "brick/row_bytes.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace lapilli::diffusion {

namespace {

constexpr unsigned below = 16, above = 32, inlet = 64, outlet = 128; // bits of a code

constexpr std::array<PoreEquation, 256> make_equations()
{
    std::array<PoreEquation, 256> table{};
    for (unsigned code = 0; code < table.size(); ++code) {
        const auto has = [code](unsigned bit) { return (code & bit) != 0 ? 1.0 : 0.0; };
        const double ends = has(inlet) + has(outlet);
        table[code] = {.diagonal = 1.0 * (code & 15U),
                       .dirichlet = 2 * ends,
                       .balance = (has(below) + has(inlet)) - (has(above) + has(outlet)),
                       .energy = has(above) + 0.5 * ends,
                       .inlet = has(inlet),
                       .outlet = has(outlet)};
    }
    return table;
}

} // namespace

constexpr std::array<PoreEquation, 256> detail::equation_of_code = make_equations();

void unit_codes(const brick::Brick& brick, std::span<const brick::Brick> bricks, const EndLayers& ends,
                std::span<UnitCode> code)
{
    const brick::Beyond beyond(brick, bricks);
    const auto lower = 2 * index(ends.axis), upper = lower + 1;
    UnitCode* to = code.data();
    for (int r = 0; r < brick::rows; ++r) {
        const std::uint16_t bits = brick.mask.row[r];
        if (bits == 0) continue;
        std::array<unsigned, brick::faces> open{};
        for (int face = 0; face < brick::faces; ++face) open[face] = beyond(face, r);
        const int layer = ends.axis == Axis::y ? r % brick::edge : r / brick::edge;
        const auto in_layer = [&](int end) {
            if (ends.axis == Axis::x) return end >= 0 && end < brick::edge ? 1U << end : 0U;
            return layer == end ? 0xffffU : 0U;
        };
        const unsigned first = in_layer(ends.inlet), last = in_layer(ends.outlet);
        const auto where = [](unsigned voxels, unsigned value) { // a value in a row of bytes, else 0
            return brick::spread(voxels) & (brick::RowBytes{} + static_cast<UnitCode>(value));
        };
        auto row = where(open[lower], below) | where(open[upper], above) | where(first, inlet) | where(last, outlet);
        for (const unsigned voxels : open) row += where(voxels, 1);
        for (const unsigned voxels : {first, last}) row += where(voxels, 2);
        std::array<UnitCode, brick::edge> codes;
        std::memcpy(codes.data(), &row, sizeof row);
        brick::compress_row(bits, codes.data(), to);
        to += std::popcount(bits);
    }
}

} // namespace lapilli::diffusion
