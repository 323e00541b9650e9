// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/ascent.hpp"
#include "support/catch.hpp"

#include <memory>
#include <random>

using namespace lapilli;
using namespace lapilli::morphology;

TEST_CASE("a blurred level is the sum over 27 neighbours, weighed 1, 2, 1 along each axis, and 0 where solid")
{
    std::mt19937 random(1);
    const auto shell = std::make_unique<Shell<std::uint16_t>>();
    brick::Mask pores;
    for (auto& level : shell->level) level = random() % 3 == 0 ? 0 : random() % 65536;
    for (int z = 0; z < 16; ++z)
        for (int y = 0; y < 16; ++y)
            for (int x = 0; x < 16; ++x)
                if (shell->row(y, z)[x] != 0) pores.set(x, y, z);
    std::vector<std::uint32_t> keys(4096);
    blur(*shell, pores, keys.data());
    for (int z = 0; z < 16; ++z)
        for (int y = 0; y < 16; ++y)
            for (int x = 0; x < 16; ++x) {
                std::uint32_t sum = 0;
                for (int i = 0; i < 27; ++i) {
                    const int a = i % 3 - 1, b = i / 3 % 3 - 1, c = i / 9 - 1;
                    const auto weight = [](int step) { return step == 0 ? 2U : 1U; };
                    sum += weight(a) * weight(b) * weight(c) * shell->row(y + b, z + c)[x + a];
                }
                CHECK(keys[static_cast<std::size_t>((z * 16 + y) * 16 + x)] == (pores.test(x, y, z) ? sum : 0));
            }
}

TEST_CASE("the order of neighbours is that of their coordinates in the image")
{
    const auto taken = [](const NeighbourOrder& order, int place) {
        return std::array{order.step(place, 2), order.step(place, 1), order.step(place, 0)};
    };
    using Steps = std::array<int, 3>;
    const NeighbourOrder inside(16, 100, true);
    CHECK(taken(inside, 0) == Steps{-1, 0, 1});
    CHECK(taken(NeighbourOrder(0, 100, false), 0) == Steps{-1, 0, 1}); // nothing is at -1
    CHECK(taken(NeighbourOrder(0, 100, true), 0) == Steps{0, 1, -1});
    CHECK(taken(NeighbourOrder(96, 100, true), 3) == Steps{1, -1, 0});
    CHECK(taken(NeighbourOrder(0, 2, true), 0) == Steps{0, 1, -1}); // the other one, inside before across
    CHECK(taken(NeighbourOrder(0, 2, true), 1) == Steps{-1, 1, 0});
    CHECK(taken(NeighbourOrder(0, 1, true), 0)[0] == 0);
}
