// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/schedule.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <thread>

using lapilli::checkpoint::Schedule;
using namespace std::chrono_literals;

TEST_CASE("a checkpoint is due when the interval is over, and always where there is none")
{
    CHECK(Schedule(0).due());
    CHECK_FALSE(Schedule(3600).due());
    Schedule schedule(0.02);
    CHECK_FALSE(schedule.due());
    std::this_thread::sleep_for(30ms);
    CHECK(schedule.due());
    schedule.has_written(1e-9);
    CHECK_FALSE(schedule.due());
}

TEST_CASE("checkpoints that cost more than 2 % of the time are written less often, unless the user wants all of them")
{
    Schedule schedule(0.01);
    schedule.has_written(1);
    std::this_thread::sleep_for(20ms);
    CHECK_FALSE(schedule.due()); // before 50 s
    Schedule all(0);
    all.has_written(1);
    CHECK(all.due());
}

TEST_CASE("the first checkpoint waits for as long as its size makes it worth")
{
    Schedule schedule(0.01);
    schedule.expect(400'000'000); // two seconds, or so
    std::this_thread::sleep_for(20ms);
    CHECK_FALSE(schedule.due()); // before 100 s
    schedule.expect(1000);
    CHECK(schedule.due());
    schedule.has_written(1);
    schedule.expect(1000); // measured is better than guessed
    CHECK_FALSE(schedule.due());
}

TEST_CASE("a last checkpoint fits if the iterations until the restart point and the writing do")
{
    Schedule schedule(60);
    schedule.step_begins();
    std::this_thread::sleep_for(20ms);
    schedule.iteration_ends();
    schedule.has_written(0.5);
    CHECK(schedule.fits(0, 0.6));
    CHECK_FALSE(schedule.fits(0, 0.4));
    CHECK_FALSE(schedule.fits(10, 0.6)); // 10 times 20 ms and 0.5 s
    CHECK(schedule.fits(2, 20));
}
