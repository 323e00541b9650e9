// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/rock.hpp"

#include "solve/flow_error.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

using namespace lapilli;
using parallel::Communicator;
using solve::FlowHistory;

namespace {

/// Of an error that is the sum of two parts, each a geometric sequence, of which the work sees a part of its own.
struct Parts {
    double fast = 0.05, fast_ratio = 0.2, fast_factor = 1.2;
    double slow = 0.002, slow_ratio = 0.7, slow_factor = 8;

    double error(int k) const { return fast * std::pow(fast_ratio, k) + slow * std::pow(slow_ratio, k); }
    double work(int k) const
    {
        return fast * std::pow(fast_ratio, k) / fast_factor + slow * std::pow(slow_ratio, k) / slow_factor;
    }
};

/// After k iterations of a flow whose conductance is 1.
FlowHistory history_of(const Parts& parts, int k)
{
    FlowHistory history;
    for (int i = 0; i <= k; ++i) {
        history.conductance.push_back(1 + parts.error(i));
        history.residual.push_back(1);
        if (i < k) history.work.push_back(parts.work(i));
    }
    history.mean_flux = history.conductance.back();
    return history;
}

} // namespace

// Where thin ways are hidden behind wide ones, the changes of k at first tell of the wide ones alone.
TEST_CASE("the work of the residual sees an error that is hidden behind a faster one")
{
    for (const double slow : {5e-4, 2e-3, 1e-2})
        for (const double ratio : {0.3, 0.5, 0.6, 0.75})
            for (int k = 3; k < 12; ++k) {
                const Parts parts{.slow = slow, .slow_ratio = ratio};
                INFO("slow part " << slow << " ratio " << ratio << " iteration " << k);
                CHECK(error_of_flow(history_of(parts, k)).relative >= parts.error(k));
            }
}

TEST_CASE("an estimate names the witness that was the most pessimistic")
{
    auto history = history_of({}, 8);
    const double by_work = error_by_work(history);
    CHECK(error_of_flow(history).by == solve::FlowWitness::work);
    CHECK(error_of_flow(history).relative == by_work);

    history.mean_flux *= 1.5;
    CHECK(error_of_flow(history).by == solve::FlowWitness::mean_flux);
    CHECK(error_of_flow(history).relative == Approx(0.25));

    history.residual.back() = 1e-12;
    CHECK(error_of_flow(history).by == solve::FlowWitness::residual);
    CHECK(error_of_flow(history).relative == Approx(1e-9));

    history = history_of({}, 8);
    history.conductance.back() += 1e-2; // it has overshot
    CHECK(error_of_flow(history).by == solve::FlowWitness::decay);
}

TEST_CASE("nothing is claimed before there is something to see")
{
    CHECK(error_of_flow(history_of({}, 0)).relative == 1);
    CHECK(error_of_flow(history_of({}, 1)).relative == 1);
    FlowHistory solved = history_of({}, 1);
    solved.residual.back() = 0; // one iteration has solved all
    CHECK(error_of_flow(solved).relative == 0);
}

// Each of these rocks was tried with estimates that were too small on some; bench/README.md has many more.
TEST_CASE("the estimate of a flow is never below its error, and in the median not above five times it")
{
    const auto comm = Communicator::world();
    const struct {
        test::Rock rock;
        Axis axis;
        Boundary beyond;
    } samples[] = {{{"blobs", 64, 0.15, 2.5, 1}, Axis::z, Boundary::sealed},
                   {{"blobs", 40, 0.15, 2.5, 2}, Axis::z, Boundary::periodic},
                   {{"spheres", 64, 0.10, 4, 6}, Axis::y, Boundary::periodic},
                   {{"spheres", 64, 0.07, 5, 1}, Axis::z, Boundary::sealed},
                   {{"bubbles", 40, 0.35, 4, 1}, Axis::x, Boundary::sealed},
                   {{"pack", 40, 0.2, 8, 1}, Axis::z, Boundary::sealed},
                   {{"pack", 30, 0.4, 10, 2}, Axis::x, Boundary::periodic},
                   {{"caverns", 48, 0.15, 16, 31}, Axis::y, Boundary::sealed},
                   {{"fractures", 48, 0.12, 12, 1}, Axis::x, Boundary::sealed},
                   {{"tubes", 48, 0.2, 6, 1}, Axis::z, Boundary::sealed},
                   {{"fibres", 32, 0.6, 8, 1}, Axis::y, Boundary::sealed}};
    std::vector<double> ratios;
    std::set<std::string> kinds;
    for (const auto& sample : samples) {
        auto made = make_rock(comm, sample.rock, sample.beyond);
        const auto solve = [&](double accuracy) {
            property::Run run;
            const auto k = property::measure_permeability(run, made.pores, made.connectivity,
                                                          {.axes = {sample.axis}, .accuracy = accuracy});
            return *k.axes[sample.axis];
        };
        const auto truth = solve(1e-8);
        INFO(sample.rock.kind << " seed " << sample.rock.seed);
        CHECK(truth.percolates);
        for (const double accuracy : {1e-2, 1e-3, 1e-4, 1e-5, 1e-6}) {
            const auto k = solve(accuracy);
            const double error = std::abs(k.voxel2 / truth.voxel2 - 1);
            INFO("accuracy " << accuracy << ", error " << error << ", estimate " << k.error_estimate);
            CHECK(k.converged);
            CHECK(k.error_estimate <= accuracy);
            CHECK(k.error_estimate >= error);
            CHECK_FALSE(k.error_estimate_by.empty());
            ratios.push_back(k.error_estimate / error);
        }
        kinds.insert(sample.rock.kind);
    }
    CHECK(kinds.size() == 8);
    std::sort(ratios.begin(), ratios.end());
    CHECK(ratios[ratios.size() / 2] < 5);
}
