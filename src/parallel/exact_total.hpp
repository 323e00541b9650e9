// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"
#include "sum/exact_sum.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace lapilli::parallel {

/// The exact sums of all ranks, rounded once: the same bits on any number of ranks. One reduction for all. Collective.
template <std::size_t n>
std::array<double, n> total(const Communicator& comm, const std::array<sum::ExactSum, n>& partial)
{
    std::array<std::int64_t, n*(sum::ExactSum::limbs + 1)> words;
    auto* word = words.data();
    for (const auto& p : partial) word = std::copy(p.words.begin(), p.words.end(), word);
    comm.sum(words);
    std::array<double, n> totals{};
    const auto* from = words.data();
    for (auto& t : totals) {
        sum::ExactSum all;
        std::copy_n(from, all.words.size(), all.words.begin());
        from += all.words.size();
        t = all.value();
    }
    return totals;
}

inline double total(const Communicator& comm, const sum::ExactSum& partial)
{
    return total(comm, std::array<sum::ExactSum, 1>{partial})[0];
}

} // namespace lapilli::parallel
