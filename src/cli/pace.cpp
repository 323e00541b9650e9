// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/pace.hpp"

#include <algorithm>

namespace lapilli::cli {

namespace {
constexpr double most_part = 0.02;      // of the time that checkpoints may take
constexpr double guessed_speed = 200e6; // bytes a second
} // namespace

double Pace::interval_s() const { return std::max(every_s_, write_s_ / most_part); }

void Pace::expect(std::int64_t bytes)
{
    if (!measured_) write_s_ = static_cast<double>(bytes) / guessed_speed;
}

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
