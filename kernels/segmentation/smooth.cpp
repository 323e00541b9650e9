// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "segmentation/smooth.hpp"

namespace lapilli::segmentation {

namespace {
constexpr std::uint32_t beside = 3, middle = 8, all = 14; ///< weights of the smoothing along an axis
}

void smooth(const PlaneStack<Level>& stack, std::span<Level> out)
{
    const auto nx = stack.nx;
    constexpr auto whole = all * all * all;
    std::vector<std::uint32_t> across(nx);
    PaddedRow<std::uint32_t> row(nx, 1);
    for (std::int64_t y = 0; y < stack.ny; ++y) {
        std::ranges::fill(across, 0);
        for (int dz = -1; dz <= 1; ++dz)
            for (int dy = -1; dy <= 1; ++dy) {
                const std::uint32_t weight = (dz == 0 ? middle : beside) * (dy == 0 ? middle : beside);
                const Level* from = stack.row(dz, y + dy);
                for (std::int64_t x = 0; x < nx; ++x) across[x] += weight * from[x];
            }
        row.fill(across.data());
        const auto* sum = row.data();
        Level* to = &out[y * nx];
        for (std::int64_t x = 0; x < nx; ++x)
            to[x] = (beside * (sum[x - 1] + sum[x + 1]) + middle * sum[x] + whole / 2) / whole;
    }
}

void diffuse(const PlaneStack<float>& stack, float edge, std::span<float> out)
{
    const auto nx = stack.nx;
    const float per_edge = 1 / (edge * edge);
    const auto flux = [&](float difference) { return difference / (1 + difference * difference * per_edge); };
    PaddedRow<float> row(nx, 1);
    for (std::int64_t y = 0; y < stack.ny; ++y) {
        row.fill(stack.row(0, y));
        const float* u = row.data();
        const float *below = stack.row(-1, y), *above = stack.row(1, y);
        const float *before = stack.row(0, y - 1), *after = stack.row(0, y + 1);
        float* to = &out[y * nx];
        for (std::int64_t x = 0; x < nx; ++x) {
            const float along_x = flux(u[x - 1] - u[x]) + flux(u[x + 1] - u[x]);
            const float along_y = flux(before[x] - u[x]) + flux(after[x] - u[x]);
            const float along_z = flux(below[x] - u[x]) + flux(above[x] - u[x]);
            to[x] = u[x] + (along_x + along_y + along_z) / 7;
        }
    }
}

} // namespace lapilli::segmentation
