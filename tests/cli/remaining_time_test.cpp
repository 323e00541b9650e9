// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/remaining_time.hpp"

#include "support/catch.hpp"
#include "terminal/progress_line.hpp"

#include <thread>
#include <vector>

using namespace lapilli;
using property::RemainingTime;

namespace {

solve::SolveState state(int iteration, double error)
{
    return {.iteration = iteration, .energy = 1, .error_estimate = error, .residual = 1e-3};
}

void pass(double seconds) { std::this_thread::sleep_for(std::chrono::duration<double>(seconds)); }

} // namespace

TEST_CASE("an error that has fallen half the way has as much time before it as behind it")
{
    RemainingTime remaining(1e-6);
    remaining.after(state(1, 1));
    pass(0.05);
    const double left = remaining.after(state(10, 1e-3));
    CHECK(left >= 0.05);
    CHECK(left < 5); // a busy machine may sleep longer
}

TEST_CASE("an error that hardly falls any more does not make the rest endless")
{
    RemainingTime remaining(1e-6);
    remaining.after(state(1, 0.4));
    const double before = remaining.after(state(8, 1.1e-6));
    const double left = remaining.after(state(9, 1.1e-6 * (1 - 1e-12)));
    CHECK(before > 0);
    CHECK(left > 0);
    CHECK(left < 1); // 0.7 % of the few microseconds since the beginning
}

TEST_CASE("a run that goes on at a later iteration counts only its own for the time of one")
{
    RemainingTime remaining(1e-6);
    pass(0.05);
    CHECK(remaining.after(state(101, 1e-3)) >= 0.05 * 101); // one iteration took that long, and 101 of them are left
}

TEST_CASE("what a solve begins with has no value, and its time says nothing of that of the iterations")
{
    std::vector<ProgressEvent> events;
    const Progress progress = [&](const ProgressEvent& event) { events.push_back(event); };
    auto tell = property::telling(progress, "permeability", Axis::x, 2, 1e-6);
    pass(0.5);
    auto start = state(7, 1e-3);
    start.start = true;
    tell(start);
    tell(state(1, 1e-3));
    REQUIRE(events.size() == 2);
    CHECK(events[0].phase == "start");
    CHECK(events[0].iteration == 7);
    CHECK(std::isnan(events[0].value));
    CHECK(events[0].eta_s == 0);
    CHECK(events[1].phase.empty());
    CHECK(events[1].value == 0.5);
    CHECK(events[1].eta_s > 0);
    CHECK(events[1].eta_s < 0.5);
}

TEST_CASE("nothing is said of the time that is left before the error is known, and after it is small enough")
{
    RemainingTime remaining(1e-3);
    CHECK(remaining.after(state(1, 1)) == 0);
    CHECK(remaining.after(state(2, 1e-3)) == 0);
    CHECK(terminal::progress_text({.stage = "diffusivity", .eta_s = 0}) == "diffusivity");
    CHECK(terminal::progress_text({.stage = "diffusivity", .eta_s = 0.2}) == "diffusivity  eta < 1 s");
}
