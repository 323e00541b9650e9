// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/mean_chord.hpp"

#include <algorithm>
#include <bit>

namespace lapilli::image {

namespace {

/// The pores of a brick whose lower neighbour along the axis of `face`, a lower one, is solid.
std::int64_t run_starts(const brick::Brick& b, int face, std::span<const brick::Brick> bricks)
{
    const auto n = b.neighbour[face];
    const brick::Brick* below = n < 0 ? nullptr : &bricks[n];
    const int last = below == nullptr ? 0 : below->outermost(face + 1);
    const auto row_below = [&](int row) -> unsigned { return below == nullptr ? 0U : below->mask.row[row]; };
    const auto row_of = [&](int row) -> unsigned { return b.mask.row[row]; };
    std::int64_t starts = 0;
    for (int r = 0; r < brick::rows; ++r) {
        const int y = r % brick::edge, z = r / brick::edge;
        unsigned before = 0;
        if (face == brick::x_lower)
            before = row_of(r) << 1U | (row_below(r) >> last & 1U);
        else if (face == brick::y_lower)
            before = y > 0 ? row_of(r - 1) : row_below(z * brick::edge + last);
        else
            before = z > 0 ? row_of(r - brick::edge) : row_below(last * brick::edge + y);
        starts += std::popcount(row_of(r) & ~before);
    }
    return starts;
}

} // namespace

PerAxis<double> mean_chords(const PoreSpace& pores)
{
    PerAxis<std::int64_t> runs{};
    for (const auto& b : pores.owned_bricks())
        for (const Axis axis : all_axes) runs[axis] += run_starts(b, 2 * index(axis), pores.bricks());
    pores.comm().sum(runs.values);
    const double all = pores.total_pores();
    PerAxis<double> chords{};
    for (const Axis axis : all_axes) // a closed ring of a periodic image has no start: one run at least
        chords[axis] = all / std::max<std::int64_t>(runs[axis], 1);
    return chords;
}

} // namespace lapilli::image
