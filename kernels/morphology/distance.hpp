// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <limits>

namespace lapilli::morphology {

/// A squared distance that is not known, or larger than numbers of that kind can hold.
template <class Level>
inline constexpr Level far_away = std::numeric_limits<Level>::max();

/// How many voxels away along an axis something may be and its squared distance, weight * n², still be a number.
template <class Level>
int farthest(int weight);

/// Smallest number of voxels n with weight * n² >= level, at most farthest().
template <class Level>
int reach_of(Level level, int weight);

/// Where the closest solid voxels beyond both ends of a row lie, from its first voxel on; none: nowhere.
struct RowEnds {
    static constexpr std::int64_t nowhere = 1 << 20;
    std::int64_t before = -nowhere; ///< < 0
    std::int64_t after = nowhere;   ///< >= the extent
};

/// Squared distances inside a row: to[x] = weight (x - s)², s the closest solid voxel; 0 where there is no pore.
/// @param pores   bit x: voxel x is a pore
/// @param extent  voxels of the row inside the image
template <class Level>
void row_distances(std::uint16_t pores, int extent, const RowEnds& ends, int weight, Level* to);

/// The next pass of the squared distance, across rows: to(i) = min over k of from(i + k) + weight k², for 16 columns side by
/// side. Passes along y and z after row_distances() give the exact distance, since squares add up (Saito and Toriwaki,
/// Pattern Recognition 27, 1994).
/// @param from   (rows + 2 reach, 16): `reach` rows more before and after
/// @param to     rows of 16; row i begins at to + i * stride
/// @param reach  from reach_of() of the largest value in the rows in the middle
template <class Level>
void spread_across(const Level* from, int rows, int reach, int weight, Level* to, int stride);

} // namespace lapilli::morphology
