// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "field/statistics.hpp"

#include "parallel/exact_total.hpp"

#include <algorithm>
#include <limits>

namespace lapilli::field {

Statistics statistics_of(const parallel::Communicator& comm, std::span<const float> values, int components)
{
    Statistics all;
    const std::int64_t mine = std::ssize(values) / components;
    const auto count = comm.sum(mine);
    if (count == 0) return all;
    for (int c = 0; c < components; ++c) {
        float low = std::numeric_limits<float>::infinity(), high = -low;
        sum::ExactSum sum;
        for (std::int64_t i = 0; i < mine; ++i) {
            const float value = values[i * components + c];
            low = std::min(low, value);
            high = std::max(high, value);
            sum.add(value);
        }
        all.min.push_back(comm.min(double{low}));
        all.max.push_back(comm.max(double{high}));
        all.mean.push_back(parallel::total(comm, sum) / static_cast<double>(count));
    }
    return all;
}

} // namespace lapilli::field
