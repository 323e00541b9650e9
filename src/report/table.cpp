// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/study.hpp"

#include "io/sentence.hpp"
#include "report/resolution_table.hpp"

#include <fmt/format.h>

namespace lapilli::report {

namespace {

std::string head(const Study& study)
{
    const auto& image = study.image;
    auto out = fmt::format("image         {}  ({})\n", image.description.path, image.description.format);
    out += fmt::format("shape         {} x {} x {} voxels (z, y, x)", image.shape.nz, image.shape.ny, image.shape.nx);
    if (study.voxel_size_m)
        out += fmt::format(", voxel {}, {} x {} x {}", io::length_text(*study.voxel_size_m),
                           io::length_text(*study.voxel_size_m * static_cast<double>(image.shape.nz)),
                           io::length_text(*study.voxel_size_m * static_cast<double>(image.shape.ny)),
                           io::length_text(*study.voxel_size_m * static_cast<double>(image.shape.nx)));
    return out + "\n";
}

std::string label_lines(const image::LabelledImage& image)
{
    constexpr std::size_t listed = 32;
    auto out = fmt::format("digest        {}\n\n     label        voxels    fraction\n", image.digest);
    std::size_t lines = 0;
    for (const auto& [label, voxels] : image.labels) {
        if (++lines > listed) return out + fmt::format("       ... and {} more labels\n", image.labels.size() - listed);
        out += fmt::format("{:>10}{:>14}{:>12.6f}\n", label, voxels,
                           static_cast<double>(voxels) / static_cast<double>(image.shape.voxels()));
    }
    return out;
}

std::string percolation_lines(const property::Percolation& p)
{
    auto out = fmt::format("porosity      {:.6f}\n", p.porosity());
    out += fmt::format("components    {} of 6-connected pores", p.components);
    if (!p.largest.empty())
        out += fmt::format(", the largest holds {:.2f} % of them",
                           100.0 * static_cast<double>(p.largest.front()) / static_cast<double>(p.pores));
    return out + "\n\n";
}

/// A cell of a column ten wide.
std::string number(double value) { return fmt::format("{:>12.6g}", value); }
std::string number(const std::optional<double>& value) { return value ? number(*value) : fmt::format("{:>12}", "-"); }

std::string axis_table(const Study& study)
{
    const auto& p = *study.percolation;
    const auto& d = study.diffusivity;
    std::string out = "axis  percolates   connected";
    if (d) out += "        D/D0           F   tortuosity     error est.  iterations";
    out += "\n";
    for (const Axis axis : all_axes) {
        const auto a = static_cast<std::size_t>(axis);
        if ((d && !d->axes[a]) || (study.permeability && !study.permeability->axes[a])) continue;
        out +=
            fmt::format("{:<6}{:<10}", name(axis), p.axes[a].percolates ? "yes" : "no") + number(p.connected_porosity(axis));
        if (d) {
            const auto& r = *d->axes[a];
            out += number(r.relative) + number(r.formation_factor) + number(r.tortuosity);
            out += r.percolates ? fmt::format("{:>13.1e} {:>11}", r.error_estimate, r.iterations)
                                : fmt::format("{:>13} {:>11}", "-", "-");
            if (!r.converged) out += "  NOT CONVERGED";
        }
        out += "\n";
    }
    return out;
}

std::string row(const std::array<double, 3>& values)
{
    std::string out;
    for (const double value : values) out += fmt::format("{:>14.6g}", value);
    return out;
}

/// A symmetric tensor with its principal values and directions, all values times `scale`.
std::string tensor_table(const std::string& quantity, const Tensor& tensor, const Principal& principal, double scale = 1)
{
    const auto scaled = [scale](std::array<double, 3> values) {
        for (auto& value : values) value *= scale;
        return values;
    };
    auto out = fmt::format("\n{:<12}{:>8}{:>14}{:>14}\n", quantity, "x", "y", "z");
    for (const Axis axis : all_axes)
        out += fmt::format("{:<6}", name(axis)) + row(scaled(tensor[static_cast<std::size_t>(axis)])) + "\n";
    out += fmt::format("\n{:>22}   along{:>6}{:>14}{:>14}\n", "principal " + quantity, "x", "y", "z");
    for (std::size_t i = 0; i < 3; ++i)
        out += fmt::format("{:>22.6g}", scale * principal.values[i]) + row(principal.directions[i]) + "\n";
    return out + "\n";
}

std::string permeability_table(const property::Permeability& k, const std::optional<double>& voxel_size_m)
{
    const double md = voxel_size_m ? *voxel_size_m * *voxel_size_m / property::millidarcy_m2 : 0;
    const auto millidarcy = [&](double voxel2) {
        return voxel_size_m ? number(voxel2 * md) + number(voxel2 * *voxel_size_m * *voxel_size_m)
                            : number(std::nullopt) + number(std::nullopt);
    };
    std::string out = "axis         k [mD]      k [m²]   k [voxel²]  tortuosity     error est.  iterations\n";
    for (const Axis axis : all_axes) {
        const auto& r = k.axes[static_cast<std::size_t>(axis)];
        if (!r) continue;
        out += fmt::format("{:<6} ", name(axis)) + millidarcy(r->voxel2) + fmt::format("{:>13.6g}", r->voxel2) +
               number(r->hydraulic_tortuosity);
        out += r->percolates ? fmt::format("{:>15.1e} {:>11}", r->error_estimate, r->iterations)
                             : fmt::format("{:>15} {:>11}", "-", "-");
        if (!r->converged) out += "  NOT CONVERGED";
        out += "\n";
    }
    if (k.tensor)
        out += tensor_table(voxel_size_m ? "k [mD]" : "k [voxel²]", k.tensor->voxel2, k.tensor->principal,
                            voxel_size_m ? md : 1);
    out += k.boundary == Boundary::sealed
               ? "boundary sealed: fixed pressures on the two faces of the axis, no slip on the other four"
               : "boundary periodic: unit mean pressure gradient, the image repeats in all three directions";
    out += fmt::format("; walls {}; one cell per voxel; tortuosity = mean speed / mean velocity along the axis\n",
                       k.walls == stokes::Walls::weighted ? "weighted" : "plain");
    return out;
}

const char* footnote(Boundary boundary)
{
    if (boundary == Boundary::sealed)
        return "boundary sealed: fixed concentrations on the two faces of the axis, no flux through the other four; "
               "F = D0/D, tortuosity = porosity D0/D\n";
    return "boundary periodic: unit mean gradient, the image repeats in all three directions; "
           "F = D0/D, tortuosity = porosity D0/D, both by the diagonal\n";
}

} // namespace

std::string to_table(const Study& study)
{
    auto out = head(study);
    if (!study.percolation) return out + label_lines(study.image);
    out += percolation_lines(*study.percolation) + axis_table(study);
    if (study.plan) return out + "\n" + to_table(*study.plan);
    if (study.diffusivity) {
        if (study.diffusivity->tensor) {
            const auto& tensor = *study.diffusivity->tensor;
            out += tensor_table("D/D0", tensor.relative, tensor.principal);
        }
        out += footnote(study.diffusivity->boundary);
        if (study.diffusivity_grid)
            out += chord_line(*study.diffusivity_grid) + resolution_lines(*study.diffusivity_grid, *study.diffusivity);
    } else if (study.percolation->boundary == Boundary::periodic && !study.permeability) {
        out += "boundary periodic: the image repeats in all three directions, and percolates what winds around it\n";
    }
    if (study.permeability) out += fmt::format("\n{}", permeability_table(*study.permeability, study.voxel_size_m));
    if (study.permeability_grid) {
        if (!study.diffusivity_grid) out += chord_line(*study.permeability_grid);
        out += resolution_lines(*study.permeability_grid, *study.permeability, study.voxel_size_m);
    }
    return out;
}

} // namespace lapilli::report
