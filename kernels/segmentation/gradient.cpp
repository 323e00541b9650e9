// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "segmentation/gradient.hpp"

#include <cmath>
#include <numbers>

namespace lapilli::segmentation {

void gradient(const PlaneStack<Level>& stack, std::span<Level> out)
{
    const auto nx = stack.nx;
    struct Sums { // over y and z, for each x
        std::int32_t plain = 0, along_y = 0, along_z = 0;
    };
    std::vector<Sums> sums(nx);
    const double unit = 16 * std::numbers::sqrt3;
    const auto at = [&](std::int64_t x) -> const Sums& { return sums[std::clamp<std::int64_t>(x, 0, nx - 1)]; };
    for (std::int64_t y = 0; y < stack.ny; ++y) {
        std::ranges::fill(sums, Sums{});
        for (int dz = -1; dz <= 1; ++dz)
            for (int dy = -1; dy <= 1; ++dy) {
                const Level* row = stack.row(dz, y + dy);
                const int by_z = dz == 0 ? 2 : 1, by_y = dy == 0 ? 2 : 1;
                for (std::int64_t x = 0; x < nx; ++x) {
                    sums[x].plain += by_z * by_y * row[x];
                    sums[x].along_y += by_z * dy * row[x];
                    sums[x].along_z += by_y * dz * row[x];
                }
            }
        for (std::int64_t x = 0; x < nx; ++x) {
            const Sums &before = at(x - 1), &here = sums[x], &after = at(x + 1);
            const double dx = after.plain - before.plain;
            const double dy = before.along_y + 2 * here.along_y + after.along_y;
            const double dz = before.along_z + 2 * here.along_z + after.along_z;
            out[y * nx + x] = static_cast<Level>(std::sqrt(dx * dx + dy * dy + dz * dz) / unit);
        }
    }
}

} // namespace lapilli::segmentation
