// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/whole_time.hpp"

#include <algorithm>

namespace lapilli::study {

WholeTime::WholeTime(const std::vector<property::SolveStage>& stages, const std::vector<Axis>& axes)
{
    for (const auto& stage : stages)
        for (const Axis axis : axes) solves_.push_back({stage.name, axis, stage.work, stage.beside > 0});
}

void WholeTime::move_to(std::size_t solve, Clock::time_point now)
{
    if (!at_)
        first_ = now;
    else {
        done_work_ += solves_[*at_].work;
        for (std::size_t i = *at_ + 1; i < solve; ++i) // other ranks have solved them meanwhile
            if (solves_[i].apart) done_work_ += solves_[i].work;
        done_s_ += std::chrono::duration<double>(now - begin_).count();
    }
    at_ = solve;
    begin_ = now;
}

double WholeTime::work_behind() const
{
    double work = 0;
    for (std::size_t i = *at_ + 1; i < solves_.size(); ++i) work += solves_[i].work;
    return work;
}

TimeLeft WholeTime::after(const ProgressEvent& event, Clock::time_point now)
{
    const double left = seconds_after(event, now);
    const bool last = at_ && work_behind() == 0;
    const double whole = last ? event.eta_s : left;
    if (!(whole > 0)) return {};
    const double spent = std::chrono::duration<double>(now - first_).count();
    return {.seconds = left, .done = spent / (spent + whole)};
}

double WholeTime::seconds_after(const ProgressEvent& event, Clock::time_point now)
{
    if (!event.axis) return 0;
    // those in between do not take place: nothing percolates, or an earlier run has done them
    const auto from = solves_.begin() + at_.value_or(0);
    const auto found = std::find_if(
        from, solves_.end(), [&](const Solve& solve) { return solve.stage == event.stage && solve.axis == *event.axis; });
    if (found == solves_.end()) return 0;
    if (const std::size_t solve = found - solves_.begin(); at_ != solve) move_to(solve, now);

    const double work = solves_[*at_].work, behind = work_behind();
    if (behind == 0) return 0;
    const double spent = std::chrono::duration<double>(now - begin_).count();
    if (event.eta_s > 0) { // the solve itself says how far it is
        const double a_work = (done_s_ + spent + event.eta_s) / (done_work_ + work);
        return event.eta_s + a_work * behind;
    }
    if (done_work_ == 0) return 0;
    const double a_work = done_s_ / done_work_;
    return std::max(0.0, a_work * work - spent) + a_work * behind;
}

} // namespace lapilli::study
