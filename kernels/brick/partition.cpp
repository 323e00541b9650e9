// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "brick/partition.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace lapilli::brick {

namespace {

/// The largest k such that no cube of (2^k)^3 bricks holds both codes.
int alignment(std::uint64_t before, std::uint64_t after) { return (63 - std::countl_zero(before ^ after)) / 3; }

} // namespace

int Partition::owner(std::uint64_t code) const
{
    const auto after = std::upper_bound(first_code.begin() + 1, first_code.end() - 1, code);
    return after - first_code.begin() - 1;
}

Partition cut_curve(std::span<const std::uint64_t> codes, std::span<const std::int64_t> weights, int ranks)
{
    const std::size_t n = codes.size();
    std::vector<std::int64_t> before(n + 1, 0); // weight of all bricks before each
    for (std::size_t i = 0; i < n; ++i) before[i + 1] = before[i] + weights[i];
    const double all = before[n];
    const double share = all / ranks;

    Partition partition;
    partition.first_code.assign(ranks + 1, std::numeric_limits<std::uint64_t>::max());
    partition.first_code[0] = 0;
    std::size_t previous = 0;
    for (int r = 1; r < ranks; ++r) {
        const double ideal = share * r;
        const auto at_least = [&](double weight) -> std::size_t {
            return std::lower_bound(before.begin(), before.end(), weight) - before.begin();
        };
        const std::size_t nearest = std::max(previous, std::min(n, at_least(ideal)));
        std::size_t cut = nearest;
        const auto value = [&](std::size_t i) { return i == 0 || i == n ? 21 : alignment(codes[i - 1], codes[i]); };
        const std::size_t last = std::min(n, at_least(ideal + 0.02 * share));
        for (std::size_t i = std::max(previous, at_least(ideal - 0.02 * share)); i <= last; ++i)
            if (value(i) > value(cut)) cut = i;
        if (cut < n) partition.first_code[r] = cut == 0 ? 0 : codes[cut];
        partition.aligned = std::min(partition.aligned, value(cut));
        previous = cut;
    }
    return partition;
}

} // namespace lapilli::brick
