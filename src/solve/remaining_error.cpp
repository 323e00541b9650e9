// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/remaining_error.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::solve {

namespace {

constexpr double safety = 1.5;

/// Size of a change, 0 being the last.
double change(const std::vector<double>& history, std::size_t back)
{
    const std::size_t n = history.size();
    return std::abs(history[n - 2 - back] - history[n - 1 - back]);
}

} // namespace

double remaining_error(const std::vector<double>& history)
{
    const std::size_t n = history.size();
    if (n < 3) return 1;
    if (change(history, 0) == 0) return 0;
    if (change(history, 1) == 0) return 1;
    // the fast parts of the error die first, so the decay slows down: expect it to slow down once more as it did last
    constexpr double fastest = 0.1;
    double ratio = change(history, 0) / change(history, 1);
    if (n > 3 && change(history, 2) > 0)
        ratio = std::max(
            {ratio, change(history, 1) / change(history, 2), ratio * ratio * change(history, 2) / change(history, 1)});
    ratio = std::max(ratio, n > 3 ? fastest : 3 * fastest);
    if (ratio >= 0.95) return 1;
    return safety * change(history, 0) * ratio / (1 - ratio) / std::abs(history[n - 1]);
}

double remaining_error_of_swinging(const std::vector<double>& history)
{
    const std::size_t n = history.size();
    if (n < 4) return 1;
    const double now = std::max(change(history, 0), change(history, 1));
    const double before = std::max(change(history, 2), n > 4 ? change(history, 3) : 0.0);
    if (now == 0) return 0;
    if (before == 0) return 1;
    constexpr double fastest = 0.3, slowest = 0.9;
    const double ratio = std::clamp(std::sqrt(now / before), fastest, slowest);
    const double of_pairs = safety * now * ratio / (1 - ratio) / std::abs(history[n - 1]);
    // a steady fall is trusted where there is one, but not beyond what pairs say
    constexpr double most_trust = 3;
    return std::max(std::min(of_pairs, remaining_error(history)), of_pairs / most_trust);
}

} // namespace lapilli::solve
