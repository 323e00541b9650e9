// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/lines.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <random>
#include <vector>

using namespace lapilli;

namespace {

/// A column of bricks, and the same voxels as lines: (256, n).
struct Column {
    std::vector<brick::Mask> masks;
    std::vector<std::vector<bool>> lines;

    Column(Axis axis, std::int64_t voxels, double porosity, unsigned seed)
        : masks(static_cast<std::size_t>((voxels + 15) / 16)),
          lines(256, std::vector<bool>(static_cast<std::size_t>(voxels)))
    {
        std::mt19937 random(seed);
        std::bernoulli_distribution pore(porosity);
        for (int line = 0; line < 256; ++line)
            for (int i = 0; i < voxels; ++i) {
                if (!pore(random)) continue;
                lines[static_cast<std::size_t>(line)][static_cast<std::size_t>(i)] = true;
                const int j = line % 16, k = line / 16, along = i % 16;
                auto& mask = masks[static_cast<std::size_t>(i / 16)];
                if (axis == Axis::x) mask.set(along, j, k);
                if (axis == Axis::y) mask.set(j, along, k);
                if (axis == Axis::z) mask.set(j, k, along);
            }
    }
};

/// By definition, voxel by voxel.
morphology::Chords chords_of(const std::vector<std::vector<bool>>& lines, bool periodic)
{
    const auto n = lines.front().size();
    morphology::Chords chords(static_cast<std::int64_t>(n));
    for (const auto& line : lines) {
        const auto at = [&](std::size_t i) { return i < n ? line[i] : periodic && line[i % n]; };
        for (std::size_t i = 0; i < n; ++i) {
            const bool at_face = i == 0 && !periodic;
            if (!line[i] || (!at_face && line[(i + n - 1) % n])) continue; // a run begins here
            std::size_t length = 1;
            while (at(i + length)) ++length;
            if (at_face || (i + length == n && !periodic)) {
                ++chords.cut;
                chords.cut_voxels += static_cast<std::int64_t>(length);
            } else
                ++chords.whole[length];
        }
        if (periodic && std::find(line.begin(), line.end(), false) == line.end()) {
            ++chords.cut;
            chords.cut_voxels += static_cast<std::int64_t>(n);
        }
    }
    return chords;
}

std::vector<std::int64_t> pairs_of(const std::vector<std::vector<bool>>& lines, bool periodic, std::size_t lags)
{
    std::vector<std::int64_t> both(lags);
    for (const auto& line : lines)
        for (std::size_t lag = 0; lag < lags; ++lag)
            for (std::size_t i = 0; i < line.size(); ++i) {
                const auto other = i + lag;
                if (other >= line.size() && !periodic) continue;
                both[lag] += line[i] && line[other % line.size()] ? 1 : 0;
            }
    return both;
}

} // namespace

TEST_CASE("chords and pairs along the lines of a column of bricks are those of its voxels, along any axis")
{
    unsigned seed = 0;
    for (const Axis axis : all_axes)
        for (const std::int64_t voxels : {1, 2, 15, 16, 17, 50, 64})
            for (const double porosity : {0.0, 0.1, 0.5, 0.97, 1.0})
                for (const auto beyond : {Boundary::sealed, Boundary::periodic}) {
                    INFO("axis " << name(axis) << ", " << voxels << " voxels, porosity " << porosity << ", "
                                 << name(beyond));
                    const Column column(axis, voxels, porosity, ++seed);
                    morphology::Lines lines(axis, voxels);
                    for (std::size_t i = 0; i < column.masks.size(); ++i)
                        lines.put(column.masks[i], static_cast<std::int64_t>(i));
                    morphology::Chords chords(voxels);
                    morphology::add_chords(lines, lines, beyond, chords);
                    const bool periodic = beyond == Boundary::periodic;
                    const auto expected = chords_of(column.lines, periodic);
                    CHECK(chords.whole == expected.whole);
                    CHECK(chords.cut == expected.cut);
                    CHECK(chords.cut_voxels == expected.cut_voxels);
                    std::vector<std::int64_t> both(static_cast<std::size_t>(voxels / 2 + 1));
                    morphology::add_pairs(lines, beyond, both);
                    CHECK(both == pairs_of(column.lines, periodic, both.size()));
                    CHECK(both[0] == chords.whole_voxels() + chords.cut_voxels);
                    lines.clear();
                    morphology::add_chords(lines, lines, beyond, chords);
                    CHECK(chords.whole == expected.whole);
                }
}

TEST_CASE("the mean chord is that of whole chords, and none where there is none")
{
    morphology::Chords chords(4);
    CHECK(chords.mean() == 0);
    chords.whole[1] = 3;
    chords.whole[4] = 1;
    chords.cut = 5;
    chords.cut_voxels = 17;
    CHECK(chords.mean() == 7.0 / 4);
}
