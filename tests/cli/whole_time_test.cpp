// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/whole_time.hpp"

#include "study/plan.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using std::chrono::seconds;
using study::WholeTime;

namespace {

const Shape rock{400, 400, 400};

/// A solve that began at such a second, and has now so much left.
ProgressEvent event(const std::string& stage, Axis axis, double eta_s = 0)
{
    return {.stage = stage, .axis = axis, .eta_s = eta_s};
}

} // namespace

TEST_CASE("the stages of a run are those that are solved, with the grid's after the image's")
{
    const auto stages = property::solve_stages({.diffusivity = true, .permeability = true, .blocks = 2}, rock);
    std::vector<std::string> names;
    for (const auto& stage : stages) names.push_back(stage.name);
    CHECK(names == std::vector<std::string>{"diffusivity", "diffusivity of block 1 of 2", "diffusivity of block 2 of 2",
                                            "diffusivity of block 1 of 2, two cells per voxel",
                                            "diffusivity of block 2 of 2, two cells per voxel", "permeability",
                                            "permeability of block 1 of 2", "permeability of block 2 of 2",
                                            "permeability of block 1 of 2, two cells per voxel",
                                            "permeability of block 2 of 2, two cells per voxel"});
    CHECK(stages[4].work == Approx(8 * stages[1].work));
    CHECK(stages[1].work / stages[0].work == Approx(96.0 * 96 * 96 / rock.voxels()));
    CHECK(property::solve_stages({.diffusivity = true, .several_phases = true}, rock).size() == 1);
}

TEST_CASE("by default a few blocks are likely to be solved on the finer grid, and all may be")
{
    const auto stages = property::solve_stages({.permeability = true}, rock);
    REQUIRE(stages.size() == 1 + 8 + 8);
    CHECK(stages[9 + 2].work == Approx(8 * stages[1].work));
    CHECK(stages[9 + 3].work == 0);
    CHECK(stages[9 + 3].name == "permeability of block 4 of 8, two cells per voxel");
}

TEST_CASE("what other ranks have solved meanwhile counts as done")
{
    const property::SolveStage a{"a", 1, 1, false, 3}, b{"b", 1, 1, false, 3}, c{"c", 1, 1, false, 3};
    WholeTime whole({a, b, c, {"d", 2}}, {Axis::x});
    const auto begin = WholeTime::Clock::now();
    whole.after(event("a", Axis::x), begin);
    CHECK(whole.after(event("c", Axis::x, 3), begin + seconds(10)).seconds == Approx(3 + 13.0 / 3 * 2));
}

TEST_CASE("the time of the whole follows from what was solved before")
{
    WholeTime whole({{"a", 1}, {"b", 2}}, {Axis::x, Axis::y});
    const auto begin = WholeTime::Clock::now();
    CHECK(whole.after(event("a", Axis::x), begin).seconds == 0);                                  // nothing is known
    CHECK(whole.after(event("a", Axis::x, 6), begin + seconds(4)).seconds == Approx(6 + 10 * 5)); // 10 s for this solve
    const auto second = whole.after(event("a", Axis::y), begin + seconds(10));
    CHECK(second.seconds == Approx(10 + 10 * 4));
    CHECK(second.done == Approx(10.0 / 60));
    CHECK(whole.after(event("b", Axis::x, 5), begin + seconds(20)).seconds ==
          Approx(5 + 25.0 / 4 * 2));                                             // faster than foreseen
    const auto last = whole.after(event("b", Axis::y, 10), begin + seconds(30)); // which speaks for itself
    CHECK(last.seconds == 0);
    CHECK(last.done == Approx(30.0 / 40));
}

TEST_CASE("solves that do not take place, and stages that nobody knows, do no harm")
{
    WholeTime whole({{"a", 1}, {"b", 1}, {"c", 1}}, {Axis::x});
    const auto begin = WholeTime::Clock::now();
    whole.after(event("a", Axis::x), begin);
    CHECK(whole.after({.stage = "a"}, begin).seconds == 0);
    CHECK(whole.after(event("else", Axis::x, 3), begin).seconds == 0);
    CHECK(whole.after(event("c", Axis::x, 3), begin + seconds(3)).seconds == 0);
    CHECK(WholeTime({}, {}).after(event("a", Axis::x, 3)).seconds == 0);
}

TEST_CASE("what comes after the image is said before it begins, and how to leave it out")
{
    using study::order_of_solves;
    CHECK(order_of_solves({.diffusivity = true}, rock) == "the image, then 8 blocks of 96³ voxels to correct for the grid, "
                                                          "about 0.4 times as long; --blocks 0 leaves them out");
    CHECK(order_of_solves({.permeability = true, .blocks = 0}, rock).find("not measured") != std::string::npos);
    CHECK(order_of_solves({.permeability = true}, {64, 64, 64})
              .find("two cells per voxel, about 8 times as long; --blocks 0") != std::string::npos);
    CHECK(order_of_solves({.permeability = true, .segmentation = true}, rock).find("about as long") != std::string::npos);
}
