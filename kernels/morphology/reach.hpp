// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "morphology/weights.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace lapilli::morphology {

/// How many voxels a squared length spans along an axis: the largest n with weight * n^2 <= t.
class AxisReach {
public:
    /// @param top  no t is larger
    AxisReach(int top, int weight) : weight_(weight)
    {
        constexpr int largest_tabled = 1 << 14; // fits the cache, and n fits a byte
        table_.resize(std::min(top, largest_tabled) + 1);
        for (int t = 0; t < tabled(); ++t) table_[t] = root(t);
    }
    /// @param t  not negative
    int operator()(int t) const { return t < tabled() ? table_[t] : root(t); }

private:
    int tabled() const { return static_cast<int>(table_.size()); }
    int root(int t) const { return static_cast<int>(std::sqrt(static_cast<double>(t / weight_))); }

    int weight_;
    std::vector<std::uint8_t> table_;
};

/// The same along x, y, z.
using Reach = std::array<AxisReach, 3>;

inline Reach make_reach(int top, const Weights& weights)
{
    const auto& w = weights.squared_edge;
    return {AxisReach(top, w[0]), AxisReach(top, w[1]), AxisReach(top, w[2])};
}

} // namespace lapilli::morphology
