// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/line_statistics.hpp"

#include "geometry/columns.hpp"
#include "image/planes.hpp"
#include "parallel/communicator.hpp"

#include <algorithm>
#include <array>
#include <numeric>

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

/// Pairs inside the sample, of all pairs of the image that are so far apart: those whose first voxel is inside and those
/// whose second one is, less those of which any is.
/// @param sample  voxels of the sample in each plane across the axis
std::int64_t pairs_inside(std::span<const std::int64_t> sample, std::int64_t lag, std::int64_t all,
                          std::int64_t both_outside)
{
    const auto voxels = [](std::span<const std::int64_t> planes) {
        return std::accumulate(planes.begin(), planes.end(), std::int64_t{0});
    };
    return voxels(sample.first(sample.size() - lag)) + voxels(sample.subspan(lag)) - (all - both_outside);
}

} // namespace

PerAxis<LineStatistics> line_statistics(const image::PoreSpace& pores, std::int64_t reach)
{
    PerAxis<LineStatistics> result;
    const auto sample = image::sample_in_planes(pores);
    for (const Axis axis : all_axes) {
        auto& [chords, two_point] = result[axis];
        const std::int64_t voxels = pores.shape().along(axis), lines = pores.shape().voxels() / voxels;
        chords = morphology::Chords(voxels);
        two_point.both.resize(std::min(reach, voxels / 2) + 1);
        std::vector<std::int64_t> outside(two_point.both.size()); // pairs that are
        Columns(pores, axis).for_each([&](const morphology::Lines& column, const morphology::Lines& open) {
            morphology::add_chords(column, open, pores.beyond(), chords);
            morphology::add_pairs(column, pores.beyond(), two_point.both);
            if (!pores.all_sample()) morphology::add_pairs(open.without(column), pores.beyond(), outside);
        });
        sum_over_ranks(pores.comm(), result[axis]);
        pores.comm().sum(outside);
        for (std::int64_t lag = 0; lag < std::ssize(two_point.both); ++lag) {
            const auto all = lines * (pores.beyond() == Boundary::periodic ? voxels : voxels - lag);
            two_point.pairs.push_back(pores.all_sample() ? all : pairs_inside(sample[axis], lag, all, outside[lag]));
        }
    }
    return result;
}

} // namespace lapilli::geometry
