// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <cstdint>

namespace lapilli::checkpoint {

/// When to write a checkpoint, and whether there is still time for one. One rank, not collective.
class Schedule {
public:
    /// @param every_s  between two; 0: always. Longer where they would cost more than 2 % of the time.
    explicit Schedule(double every_s) : every_s_(every_s) {}

    bool due() const { return every_s_ == 0 || since(written_) >= interval_s(); }
    void has_written(double seconds);
    /// How much the next one holds; what that takes is guessed until one was written.
    void expect(std::int64_t bytes);

    /// An iteration is over, or, for the first time in a step, about to begin.
    void step_begins() { iteration_ = Clock::now(); }
    void iteration_ends();

    /// Whether so many more iterations and a checkpoint take less time than that.
    bool fits(int iterations, double seconds) const { return iterations * iteration_s_ + write_s_ < seconds; }

private:
    using Clock = std::chrono::steady_clock;
    static double since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }
    double interval_s() const;

    double every_s_;
    Clock::time_point written_ = Clock::now();
    Clock::time_point iteration_ = Clock::now();
    double write_s_ = 0; ///< of the last checkpoint; before the first a guess
    bool measured_ = false;
    double iteration_s_ = 0; ///< of the last one
};

} // namespace lapilli::checkpoint
