// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/balls.hpp"
#include "support/catch.hpp"
#include "support/level_field.hpp"

#include <cmath>

using namespace lapilli;

TEST_CASE("the smallest ball of a neighbour that contains another one is known, of large ones nearly")
{
    for (const auto& weights : test::kinds_of_voxels) {
        const morphology::Containment small(2000, weights), large(1U << 20U, weights);
        const std::array<std::array<int, 3>, 7> steps{
            {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 0}, {1, 0, 1}, {0, 1, 1}, {1, 1, 1}}};
        for (const int level : {1, 2, 3, 10, 17, 100, 331}) {
            for (std::size_t kind = 0; kind < steps.size(); ++kind) {
                const auto& v = steps[kind];
                std::uint32_t farthest = 0;
                for (int z = -20; z <= 20; ++z)
                    for (int y = -20; y <= 20; ++y)
                        for (int x = -20; x <= 20; ++x)
                            if (weights.squared_length(x, y, z) < level)
                                farthest =
                                    std::max<std::uint32_t>(farthest, weights.squared_length(x - v[0], y - v[1], z - v[2]));
                CHECK(small.needed(level)[kind] == farthest + 1);
            }
        }
        for (const std::uint32_t level : {1U << 14U, 50000U, 1U << 20U}) {
            const auto need = large.needed(level);
            for (std::size_t kind = 0; kind < steps.size(); ++kind) {
                const auto& v = steps[kind];
                const double far_end = std::sqrt(level - 1) + std::sqrt(weights.squared_length(v[0], v[1], v[2]));
                CHECK(need[kind] <= far_end * far_end + 1 + 1e-6);
                CHECK(need[kind] > 0.99 * far_end * far_end);
            }
        }
    }
}
