// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/pace.hpp"

#include <algorithm>

namespace lapilli::cli {

namespace {
constexpr double most_part = 0.02; // of the time that checkpoints may take
}

double Pace::interval_s() const { return measured_ ? std::max(every_s_, write_s_ / most_part) : every_s_; }

void Pace::has_written(double seconds)
{
    write_s_ = seconds;
    measured_ = true;
    written_ = iteration_ = Clock::now();
}

void Pace::iteration_ends()
{
    iteration_s_ = since(iteration_);
    iteration_ = Clock::now();
}

} // namespace lapilli::cli
