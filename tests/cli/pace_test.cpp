// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/pace.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <thread>

using lapilli::cli::Pace;
using namespace std::chrono_literals;

TEST_CASE("a checkpoint is due when the interval is over, and always where there is none")
{
    CHECK(Pace(0).due());
    CHECK_FALSE(Pace(3600).due());
    Pace pace(0.02);
    CHECK_FALSE(pace.due());
    std::this_thread::sleep_for(30ms);
    CHECK(pace.due());
    pace.has_written(1e-9);
    CHECK_FALSE(pace.due());
}

TEST_CASE("checkpoints that cost more than 2 % of the time are written less often, unless the user wants all of them")
{
    Pace pace(0.01);
    pace.has_written(1);
    std::this_thread::sleep_for(20ms);
    CHECK_FALSE(pace.due()); // before 50 s
    Pace all(0);
    all.has_written(1);
    CHECK(all.due());
}

TEST_CASE("the first checkpoint waits for as long as its size makes it worth")
{
    Pace pace(0.01);
    pace.expect(400'000'000); // two seconds, or so
    std::this_thread::sleep_for(20ms);
    CHECK_FALSE(pace.due()); // before 100 s
    pace.expect(1000);
    CHECK(pace.due());
    pace.has_written(1);
    pace.expect(1000); // measured is better than guessed
    CHECK_FALSE(pace.due());
}

TEST_CASE("a last checkpoint fits if the iterations until the restart point and the writing do")
{
    Pace pace(60);
    pace.step_begins();
    std::this_thread::sleep_for(20ms);
    pace.iteration_ends();
    pace.has_written(0.5);
    CHECK(pace.fits(0, 0.6));
    CHECK_FALSE(pace.fits(0, 0.4));
    CHECK_FALSE(pace.fits(10, 0.6)); // 10 times 20 ms and 0.5 s
    CHECK(pace.fits(2, 20));
}
