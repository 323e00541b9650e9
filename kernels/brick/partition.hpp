// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::brick {

/// The Morton curve cut into one contiguous piece a rank.
struct Partition {
    std::vector<std::uint64_t> first_code; ///< size ranks + 1: rank r owns the codes in [first_code[r], first_code[r + 1])
    /// Cubes of (2^aligned)^3 bricks on their own grid never straddle two ranks; 21 for one rank.
    int aligned = 21;

    int owner(std::uint64_t code) const;
};

/// Cuts the curve into pieces of nearly equal weight. Within a tolerance of 2 % of a rank's weight the cut goes to the
/// coarsest cube boundary, because every level of multigrid that no cut straddles needs no transfer between ranks.
/// @param codes    Morton codes of all bricks, ascending
/// @param weights  work of each brick (its pores)
Partition cut_curve(std::span<const std::uint64_t> codes, std::span<const std::int64_t> weights, int ranks);

} // namespace lapilli::brick
