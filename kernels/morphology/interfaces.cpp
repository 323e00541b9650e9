// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/interfaces.hpp"

#include "morphology/minkowski.hpp"

#include <algorithm>

namespace lapilli::morphology {

namespace {

using PhaseShell = Shell<std::uint16_t>;

/// How far apart two voxels of a shell are stored.
int stride_of(const Step& step) { return step[0] + step[1] * PhaseShell::row_stride + step[2] * PhaseShell::plane_stride; }

} // namespace

void InterfaceCount::add(const Shell<std::uint16_t>& shell, const std::array<std::uint8_t, 3>& extent)
{
    const auto steps = steps_to_neighbours();
    std::array<int, 13> strides{};
    std::ranges::transform(steps, strides.begin(), stride_of);
    constexpr std::array<int, 3> along{1, PhaseShell::row_stride, PhaseShell::plane_stride};
    for (int z = 0; z < extent[2]; ++z)
        for (int y = 0; y < extent[1]; ++y) {
            const auto* row = shell.row(y, z);
            for (int x = 0; x < extent[0]; ++x) {
                const auto* voxel = row + x;
                const int own = *voxel;
                if (own == 0) continue;
                for (std::size_t i = 0; i < strides.size(); ++i) {
                    const int other = voxel[strides[i]];
                    if (other != 0 && other != own) ++counts_[place(std::min(own, other), std::max(own, other)) + i];
                }
                for (int axis = 0; axis < 3; ++axis) {
                    const int u = along[(axis + 1) % 3], v = along[(axis + 2) % 3];
                    add_edge({voxel[0], voxel[u], voxel[v], voxel[u + v]}, axis);
                }
            }
        }
}

void InterfaceCount::add_edge(const std::array<std::uint16_t, 4>& around, int axis)
{
    auto phases = around;
    std::ranges::sort(phases);
    if (phases[0] == 0) return; // at the rim of the image
    const auto end = std::unique(phases.begin(), phases.end());
    const auto different = end - phases.begin();
    if (different < 3) return;
    for (int left_out = different == 3 ? 3 : 0; left_out < 4; ++left_out) {
        Triple three{};
        for (int i = 0, k = 0; k < 3; ++i)
            if (i != left_out) three[k++] = static_cast<std::uint8_t>(phases[i]);
        ++counts_[place(three) + axis];
    }
}

std::array<std::int64_t, 13> InterfaceCount::pairs(int a, int b) const
{
    std::array<std::int64_t, 13> found{};
    std::copy_n(counts_.begin() + static_cast<std::ptrdiff_t>(place(a, b)), found.size(), found.begin());
    return found;
}

std::array<std::int64_t, 3> InterfaceCount::edges(const Triple& three) const
{
    std::array<std::int64_t, 3> found{};
    std::copy_n(counts_.begin() + static_cast<std::ptrdiff_t>(place(three)), found.size(), found.begin());
    return found;
}

} // namespace lapilli::morphology
