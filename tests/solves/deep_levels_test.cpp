// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/connectivity.hpp"
#include "solve/conjugate_gradients.hpp"
#include "support/same_bits.hpp"

using namespace lapilli;
using parallel::Communicator;

namespace {

constexpr Shape rock_shape{96, 88, 100};

struct Found {
    solve::SolveReport report;
    std::vector<std::int64_t> nodes;
};

template <class Pore>
Found solve_from(const Communicator& comm, int deep, const Shape& shape, Pore&& pore)
{
    const image::PoreSpace all(comm, shape, test::make_bricks(comm, shape, pore));
    const image::PoreSpace pores(all, image::trim(all, image::connect(all), Axis::z));
    const solve::LaplaceProblem problem(pores, Axis::z, std::vector<double>{1});
    solve::Multigrid<solve::LaplaceProblem> multigrid(problem, {.gather_below = 0, .deep = deep});
    return {solve::conjugate_gradients(problem, &multigrid, {.accuracy = 1e-6}), multigrid.nodes_of_levels()};
}

/// Two ducts beside each other, with stones in them: what deep levels have of them are chains.
bool duct(std::int64_t x, std::int64_t y, std::int64_t z)
{
    const bool stone = y == z % 5 && x % 8 == z % 3;
    return y < 4 && x % 8 < 4 && !stone;
}

} // namespace

// Only images of many millions of voxels have levels so deep: here they begin with the second.
TEST_CASE("levels that are joined beyond blocks have the same bits on any number of ranks", "[seven]")
{
    test::check_same_bits([](const Communicator& comm) {
        const auto found = solve_from(comm, 2, rock_shape, test::rough);
        CHECK(found.report.converged);
        return Record(
            {found.report.energy, found.report.error_estimate, found.report.energy_history, found.report.residual_history});
    });
}

TEST_CASE("levels that are joined beyond blocks shrink faster, and solve the same")
{
    const auto comm = Communicator::world();
    const auto joined = solve_from(comm, 2, rock_shape, test::rough), plain = solve_from(comm, 99, rock_shape, test::rough);
    REQUIRE(joined.nodes.size() > 3);
    CHECK(joined.nodes[1] == plain.nodes[1]);
    CHECK(joined.nodes[2] < joined.nodes[1]); // the same level, joined
    CHECK(5 * joined.nodes[3] < 4 * plain.nodes[2]);
    CHECK(joined.report.iterations <= plain.report.iterations + 3);
    CHECK(joined.report.energy == Approx(plain.report.energy).epsilon(2e-6));
    CHECK(joined.report.error_estimate <= 1e-6);
}

TEST_CASE("chains, of which a block has one node only once they are joined, are joined to the end")
{
    const auto found = solve_from(Communicator::world(), 2, {4096, 4, 16}, duct);
    CHECK(found.report.converged);
    CHECK(found.report.error_estimate_by == solve::ErrorWitness::bound);
    CHECK(found.nodes.back() <= 300);
}
