// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include "image/connectivity.hpp"
#include "solve/balanced_flux.hpp"
#include "solve/conjugate_gradients.hpp"
#include "solve/remaining_error.hpp"

#include <cmath>

using namespace lapilli;
using parallel::Communicator;

namespace {

/// Errors of solves to many accuracies against their estimates, and how often the estimate is how many times the error.
template <class Phase>
std::vector<double> ratios(const Shape& shape, Phase&& phase, Boundary beyond,
                           const std::vector<Axis>& axes = {all_axes.begin(), all_axes.end()})
{
    const auto solve = [&](double accuracy) {
        return test::diffusivity_of(Communicator::world(), shape, phase, {.axes = axes, .accuracy = accuracy}, beyond);
    };
    const auto exact = solve(1e-10);
    std::vector<double> found;
    for (const double accuracy : {1e-1, 1e-2, 1e-3, 1e-4, 1e-5}) {
        const auto d = solve(accuracy);
        CHECK(d.converged());
        for (const Axis axis : axes) {
            if (!d.axes[axis]->percolates || d.axes[axis]->iterations == 0) continue;
            const double error = d.axes[axis]->relative / exact.axes[axis]->relative - 1;
            CHECK(error >= -1e-9); // the energy of a field is never below the minimum
            CHECK(error <= d.axes[axis]->error_estimate + 1e-9);
            CHECK(d.axes[axis]->error_estimate_by == "bound");
            if (error > 1e-8) found.push_back(d.axes[axis]->error_estimate / error);
        }
    }
    return found;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

} // namespace

TEST_CASE("the bound of the error is above the error and mostly within twice, in blobs, in odd and in periodic images")
{
    for (const double threshold : {0.52, 0.49, 0.482})
        for (const auto beyond : {Boundary::sealed, Boundary::periodic}) {
            const auto blobs = [&](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 6) < threshold; };
            CHECK(median(ratios({45, 40, 51}, blobs, beyond)) < 2);
        }
}

TEST_CASE("the bound is as close in a large image, which has more levels")
{
    const auto blobs = [&](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 8) < 0.48; };
    const auto found = ratios({144, 128, 136}, blobs, Boundary::sealed, {Axis::x});
    CHECK(*std::max_element(found.begin(), found.end()) < 2.5);
}

TEST_CASE("the bound ends a solve as soon as the residual promises enough, when the fall of the energy says nothing yet")
{
    const auto comm = Communicator::world();
    const Shape shape{144, 128, 136};
    const auto blobs = [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 8) < 0.48; };
    const image::PoreSpace all(comm, shape, test::make_bricks(comm, shape, blobs));
    const image::PoreSpace pores(all, image::trim(all, image::connect(all), Axis::x));
    const solve::LaplaceProblem problem(pores, Axis::x, std::vector<double>{1});
    solve::Multigrid<solve::LaplaceProblem> multigrid(problem);
    const double accuracy = 2.1e-3;
    const auto report = solve::conjugate_gradients(problem, &multigrid, {.accuracy = accuracy});
    CHECK(report.converged);
    CHECK(report.error_estimate <= accuracy);
    CHECK(report.error_estimate_by == solve::ErrorWitness::bound);
    CHECK(solve::remaining_error(report.energy_history) > accuracy);
}

// The residual of a potential g is A g, and what it is bounded by is g A g: here of a lift of all against the fixed faces,
// to which every face couples by 2, and of what the noise of a potential leaves.
TEST_CASE("the energy that a residual can have left is bounded from above, and closely, also what flows to the fixed faces")
{
    const auto comm = Communicator::world();
    for (const Shape shape : {Shape{40, 12, 18}, Shape{9, 64, 10}})
        for (const Axis axis : all_axes)
            for (const double noise : {0.0, 0.5}) {
                const image::PoreSpace pores(comm, shape,
                                             test::make_bricks(comm, shape, [](auto, auto, auto) { return true; }));
                const solve::LaplaceProblem problem(pores, axis, std::vector<double>{1});
                solve::Multigrid<solve::LaplaceProblem> multigrid(problem);
                auto g = problem.make_field();
                for (std::int32_t i = 0; i < pores.pores(); ++i) g[i] = static_cast<float>(1 + noise * std::sin(i % 97));
                std::vector<double> r(g.size());
                problem.apply_in_double(g.data(), r.data());
                double energy = 0;
                for (std::int32_t i = 0; i < pores.pores(); ++i) energy += g[i] * r[i];
                energy = comm.sum(energy);
                if (noise == 0) CHECK(energy == Approx(2.0 * 2 * shape.voxels() / shape.along(axis)));
                const auto bound = solve::energy_bound(problem, multigrid, r.data());
                REQUIRE(bound.has_value());
                INFO("axis " << name(axis) << ", noise " << noise << ": " << *bound / energy);
                CHECK(*bound >= energy * (1 - 1e-6));
                CHECK(*bound <= energy * 3);
            }
}

TEST_CASE("the bound of one phase, most blocks at once, is that of any phases, pore by pore")
{
    const auto comm = Communicator::world();
    for (const Shape shape : {Shape{45, 40, 51}, Shape{48, 2, 34}})
        for (const auto beyond : {Boundary::sealed, Boundary::periodic}) {
            const auto blobs = [&](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 6) < 0.49; };
            const image::PoreSpace all(comm, shape, test::make_bricks(comm, shape, blobs), beyond);
            const auto connectivity = image::connect(all);
            const image::PoreSpace pores(all, beyond == Boundary::sealed ? image::trim(all, connectivity, Axis::z)
                                                                         : image::trim(all, connectivity));
            if (pores.total_pores() == 0) continue;
            const solve::LaplaceProblem problem(pores, Axis::z, std::vector<double>{1});
            solve::Multigrid<solve::LaplaceProblem> multigrid(problem);
            auto g = problem.make_field();
            for (std::int32_t i = 0; i < pores.pores(); ++i) g[i] = static_cast<float>(std::sin(i % 97));
            std::vector<double> wide(g.size());
            problem.apply_in_double(g.data(), wide.data());
            std::vector<float> r(wide.begin(), wide.end());
            const auto found = solve::energy_bound(problem, multigrid, r.data());
            const auto expected = solve::energy_bound(problem, multigrid, wide.data());
            REQUIRE(found.has_value());
            REQUIRE(expected.has_value());
            CHECK(*found == Approx(*expected).epsilon(1e-5));
        }
}

TEST_CASE("the bound holds where tubes of very unequal width meet")
{
    const auto pore = [](auto x, auto y, auto z) {
        const bool wide = y < 14 && z < 14, thin = y == 20 && z % 4 == 0;
        const bool link = x == 20 && y >= 13 && y <= 20 && z == 8;
        return (wide && x != 30) || (wide && x == 30 && y == 3 && z == 3) || thin || link;
    };
    CHECK(median(ratios({24, 24, 40}, pore, Boundary::sealed)) < 2);
}

TEST_CASE("thousands of clusters that never meet have a bound or say what the estimate rests on")
{
    // bent threads, one in each cell of 3 x 2 voxels: the coarse levels cannot get smaller than their number
    for (const std::int64_t cells : {20, 70}) {
        const auto thread = [](auto x, auto y, auto z) { return y % 2 == 0 && x % 3 < 2 && (x % 3 == 0 ? z <= 4 : z >= 4); };
        const auto d = test::diffusivity_of(Communicator::world(), {9, 2 * cells, 3 * cells}, thread,
                                            {.axes = {Axis::z}, .accuracy = 1e-6});
        const auto& axis = *d.axes[Axis::z];
        CHECK(axis.converged);
        const double length = 9 + 1; // nine voxels down and one aside
        CHECK(axis.relative == Approx(9 / length / 6).epsilon(1e-6));
        CHECK(std::abs(axis.relative / (9 / length / 6) - 1) <= axis.error_estimate + 1e-7);
        CHECK((axis.error_estimate_by == "bound") == (cells * cells < 4096));
    }
}
