// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/resolution_table.hpp"

#include <fmt/format.h>

#include <functional>

namespace lapilli::report {

namespace {

/// Writes a value with its unit.
using Show = std::function<std::string(double)>;

std::string two_grid_lines(const property::Resolution& r, const char* quantity, const Show& show)
{
    std::string out;
    for (const Axis axis : all_axes) {
        const auto& pair = r.two_grid[static_cast<std::size_t>(axis)];
        if (!pair) continue;
        out += fmt::format("{} {}: {} with one cell per voxel edge, {} with two, extrapolated {}{}\n", quantity, name(axis),
                           show(pair->one), show(pair->two), show(pair->extrapolated()),
                           pair->converged ? "" : "  NOT CONVERGED");
    }
    return out;
}

/// "k x = 1340 mD (grid -27 ± 3 %, sample ± 12 %)".
std::string correction_line(const std::string& what, const property::GridCorrection& c, double value, const Show& show)
{
    if (!c.ratio) return fmt::format("{}: no correction for the grid, none of {} blocks percolates\n", what, c.left_out);
    auto out = fmt::format("{} = {} (grid {:+.0f}", what, show(*c.ratio * value), 100 * (*c.ratio - 1));
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

/// @param value  of an axis
template <class Property, class Value>
std::string lines(const property::Resolution& r, const Property& property, const char* quantity, Value&& value,
                  const Show& show)
{
    auto out = two_grid_lines(r, quantity, show);
    for (const Axis axis : all_axes) {
        const auto a = static_cast<std::size_t>(axis);
        if (r.correction[a])
            out += correction_line(fmt::format("{} {}", quantity, name(axis)), *r.correction[a], value(*property.axes[a]),
                                   show);
    }
    return out;
}

} // namespace

std::string chord_line(const property::Resolution& r)
{
    return fmt::format("pores are {:.2g} x {:.2g} x {:.2g} voxels wide (mean chords along z, y, x)\n", r.mean_chord[2],
                       r.mean_chord[1], r.mean_chord[0]);
}

std::string resolution_lines(const property::Resolution& r, const property::Diffusivity& d)
{
    return lines(
        r, d, "D/D0", [](const auto& axis) { return axis.relative; },
        [](double relative) { return fmt::format("{:.4g}", relative); });
}

std::string resolution_lines(const property::Resolution& r, const property::Permeability& k,
                             const std::optional<double>& voxel_size_m)
{
    return lines(
        r, k, "k", [](const auto& axis) { return axis.voxel2; },
        [&](double voxel2) {
            if (!voxel_size_m) return fmt::format("{:.4g} voxel²", voxel2);
            return fmt::format("{:.4g} mD", voxel2 * *voxel_size_m * *voxel_size_m / property::millidarcy_m2);
        });
}

} // namespace lapilli::report
