// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/resolution_table.hpp"

#include <fmt/format.h>

namespace lapilli::report {

namespace {

/// A permeability with its unit.
std::string value(double voxel2, const std::optional<double>& voxel_size_m)
{
    if (!voxel_size_m) return fmt::format("{:.4g} voxel²", voxel2);
    return fmt::format("{:.4g} mD", voxel2 * *voxel_size_m * *voxel_size_m / property::millidarcy_m2);
}

std::string two_grid_lines(const property::Resolution& r, const std::optional<double>& voxel_size_m)
{
    std::string out;
    for (const Axis axis : all_axes) {
        const auto& pair = r.two_grid[static_cast<std::size_t>(axis)];
        if (!pair) continue;
        out += fmt::format("k {}: {} with one cell per voxel edge, {} with two, extrapolated {}{}\n", name(axis),
                           value(pair->voxel2_1, voxel_size_m), value(pair->voxel2_2, voxel_size_m),
                           value(pair->extrapolated(), voxel_size_m), pair->converged ? "" : "  NOT CONVERGED");
    }
    return out;
}

/// "k x = 1340 mD (grid -27 ± 3 %, sample ± 12 %)".
std::string correction_line(Axis axis, const property::GridCorrection& c, double voxel2,
                            const std::optional<double>& voxel_size_m)
{
    if (!c.ratio)
        return fmt::format("k {}: no correction for the grid, none of {} blocks percolates\n", name(axis), c.left_out);
    auto out =
        fmt::format("k {} = {} (grid {:+.0f}", name(axis), value(*c.ratio * voxel2, voxel_size_m), 100 * (*c.ratio - 1));
    if (c.spread) out += fmt::format(" ± {:.0f}", 100 * *c.spread);
    out += " %";
    if (c.sample) out += fmt::format(", sample ± {:.0f} %", 100 * *c.sample);
    if (c.segmentation) out += fmt::format(", segmentation ± {:.0f} %", 100 * *c.segmentation);
    out += ")";
    if (!c.edge_voxels) return out + " by both grids\n";
    out += fmt::format(" by {} blocks of {}³ voxels", c.blocks, *c.edge_voxels);
    if (c.left_out > 0) out += fmt::format(", {} more do not percolate", c.left_out);
    return out + "\n";
}

} // namespace

std::string resolution_lines(const property::Resolution& r, const property::Permeability& k,
                             const std::optional<double>& voxel_size_m)
{
    auto out = fmt::format("pores are {:.2g} x {:.2g} x {:.2g} voxels wide (mean chords along z, y, x)\n", r.mean_chord[2],
                           r.mean_chord[1], r.mean_chord[0]);
    out += two_grid_lines(r, voxel_size_m);
    for (const Axis axis : all_axes) {
        const auto a = static_cast<std::size_t>(axis);
        if (r.correction[a]) out += correction_line(axis, *r.correction[a], k.axes[a]->voxel2, voxel_size_m);
    }
    return out;
}

} // namespace lapilli::report
