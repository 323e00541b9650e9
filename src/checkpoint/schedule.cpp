// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/schedule.hpp"

#include <algorithm>

namespace lapilli::checkpoint {

namespace {
constexpr double most_part = 0.02;      // of the time that checkpoints may take
constexpr double guessed_speed = 200e6; // bytes a second
} // namespace

double Schedule::interval_s() const { return std::max(every_s_, write_s_ / most_part); }

void Schedule::expect(std::int64_t bytes)
{
    if (!measured_) write_s_ = bytes / guessed_speed;
}

void Schedule::has_written(double seconds)
{
    write_s_ = seconds;
    measured_ = true;
    written_ = iteration_ = Clock::now();
}

void Schedule::iteration_ends()
{
    iteration_s_ = since(iteration_);
    iteration_ = Clock::now();
}

} // namespace lapilli::checkpoint
