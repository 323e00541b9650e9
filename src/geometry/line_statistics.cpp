// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/line_statistics.hpp"

#include "geometry/columns.hpp"
#include "parallel/communicator.hpp"

#include <algorithm>
#include <array>

namespace lapilli::geometry {

namespace {

/// Of the columns of all ranks. Collective.
void sum_over_ranks(const parallel::Communicator& comm, LineStatistics& statistics)
{
    auto& chords = statistics.chords;
    std::array<std::int64_t, 2> cut{chords.cut, chords.cut_voxels};
    comm.sum(cut);
    comm.sum(chords.whole);
    comm.sum(statistics.two_point.both);
    chords.cut = cut[0];
    chords.cut_voxels = cut[1];
}

} // namespace

PerAxis<LineStatistics> line_statistics(const image::PoreSpace& pores, std::int64_t reach)
{
    PerAxis<LineStatistics> result;
    for (const Axis axis : all_axes) {
        auto& [chords, two_point] = result[axis];
        const std::int64_t voxels = pores.shape().along(axis), lines = pores.shape().voxels() / voxels;
        chords = morphology::Chords(voxels);
        two_point.both.resize(std::min(reach, voxels / 2) + 1);
        Columns(pores, axis).for_each([&](const morphology::Lines& column) {
            morphology::add_chords(column, pores.beyond(), chords);
            morphology::add_pairs(column, pores.beyond(), two_point.both);
        });
        sum_over_ranks(pores.comm(), result[axis]);
        for (std::int64_t lag = 0; lag < std::ssize(two_point.both); ++lag)
            two_point.pairs.push_back(lines * (pores.beyond() == Boundary::periodic ? voxels : voxels - lag));
    }
    return result;
}

} // namespace lapilli::geometry
