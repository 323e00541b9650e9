// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/interfaces.hpp"

#include "morphology/minkowski.hpp"
#include "support/catch.hpp"

#include <map>
#include <random>
#include <set>

using namespace lapilli;
using morphology::InterfaceCount;

namespace {

using Counts = std::map<std::pair<int, int>, std::array<std::int64_t, 13>>;
using PhaseShell = morphology::Shell<std::uint16_t>;

PhaseShell random_shell(std::mt19937& random, const std::array<std::uint8_t, 3>& extent, unsigned phases)
{
    PhaseShell shell;
    for (int z = -1; z <= extent[2]; ++z)
        for (int y = -1; y <= extent[1]; ++y)
            for (int x = -1; x <= extent[0]; ++x) shell.row(y, z)[x] = static_cast<std::uint16_t>(1 + random() % phases);
    return shell;
}

} // namespace

TEST_CASE("pairs and edges of a brick are those that stand there, one after the other")
{
    std::mt19937 random(9);
    const auto steps = morphology::steps_to_neighbours();
    for (const std::array<std::uint8_t, 3> extent : {std::array<std::uint8_t, 3>{16, 16, 16}, {5, 16, 1}, {1, 2, 16}}) {
        const auto shell = random_shell(random, extent, 4);
        InterfaceCount count;
        count.add(shell, extent);
        Counts pairs;
        std::map<InterfaceCount::Triple, std::array<std::int64_t, 3>> edges;
        for (int z = 0; z < extent[2]; ++z)
            for (int y = 0; y < extent[1]; ++y)
                for (int x = 0; x < extent[0]; ++x) {
                    const auto at = [&](int i, int j, int k) -> int { return shell.row(y + j, z + k)[x + i]; };
                    for (std::size_t s = 0; s < steps.size(); ++s) {
                        const int a = at(0, 0, 0), b = at(steps[s][0], steps[s][1], steps[s][2]);
                        if (a != b) ++pairs[{std::min(a, b), std::max(a, b)}][s];
                    }
                    const std::set<int> around[3] = {{at(0, 0, 0), at(0, 1, 0), at(0, 0, 1), at(0, 1, 1)},
                                                     {at(0, 0, 0), at(1, 0, 0), at(0, 0, 1), at(1, 0, 1)},
                                                     {at(0, 0, 0), at(1, 0, 0), at(0, 1, 0), at(1, 1, 0)}};
                    for (std::size_t axis = 0; axis < 3; ++axis)
                        for (const int a : around[axis])
                            for (const int b : around[axis])
                                for (const int c : around[axis])
                                    if (a < b && b < c)
                                        ++edges[{static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b),
                                                 static_cast<std::uint8_t>(c)}][axis];
                }
        for (int a = 1; a <= 4; ++a)
            for (int b = a + 1; b <= 4; ++b) {
                CHECK(count.pairs(a, b) == pairs[{a, b}]);
                for (int c = b + 1; c <= 4; ++c) {
                    const InterfaceCount::Triple three{static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b),
                                                       static_cast<std::uint8_t>(c)};
                    CHECK(count.edges(three) == edges[three]);
                }
            }
    }
}

TEST_CASE("beyond the image nothing is beside anything")
{
    PhaseShell shell; // one voxel in the middle of nothing
    shell.row(0, 0)[0] = 3;
    InterfaceCount count;
    count.add(shell, {1, 1, 1});
    for (const auto n : count.counts()) CHECK(n == 0);
}
