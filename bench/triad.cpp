// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "triad.hpp"

#include "timer.hpp"

#include <algorithm>
#include <vector>

namespace lapilli::bench {

double triad_bandwidth(const parallel::Communicator& comm)
{
    constexpr std::size_t elements = std::size_t{1} << 23; // 64 MiB an array: larger than any cache's share of a rank
    constexpr int repetitions = 10;
    std::vector<double> a(elements, 1.0), b(elements, 2.0), c(elements, 0.5);
    double best = 1e300;
    for (int k = 0; k < repetitions; ++k) {
        const double scale = 1.0 + k;
        Timer timer(comm);
        for (std::size_t i = 0; i < elements; ++i) a[i] = b[i] + scale * c[i];
        best = std::min(best, timer.lap());
        std::swap(a, b); // so that no repetition can be left out
    }
    return 3.0 * sizeof(double) * static_cast<double>(elements) * comm.size() / best * 1e-9;
}

} // namespace lapilli::bench
