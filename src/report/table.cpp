// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/float4.hpp"
#include "report/drainage.hpp"
#include "report/interfaces.hpp"
#include "report/label_line.hpp"
#include "report/network.hpp"
#include "report/plan.hpp"
#include "report/pore_size.hpp"
#include "report/property_table.hpp"
#include "report/quote_table.hpp"
#include "report/report.hpp"
#include "report/rev.hpp"
#include "report/segmentation.hpp"
#include "study/plane.hpp"
#include "text/sentence.hpp"
#include "text/text_table.hpp"

#include <fmt/format.h>

namespace lapilli::report {

namespace {

constexpr std::size_t margin = 14; // of what stands beside a word, such as "shape         18 x 20 x 22"

/// "values        f32 from -0.5 to 1.25; 12 voxels are infinite or no number", and their digest.
std::string values_lines(const scan::FileValues& values, std::int64_t voxels)
{
    const auto type = values.description.type;
    const auto number = [&](double value) {
        return type == format::VoxelType::f32 ? fmt::format("{}", narrow(value)) : fmt::format("{}", value);
    };
    auto out = fmt::format("values        {}", format::name(type));
    if (const auto& range = values.range)
        out += range->width() > 0 ? fmt::format(" from {} to {}", number(range->least), number(range->largest))
                                  : fmt::format(", all {}", number(range->least));
    if (values.not_finite > 0)
        out += fmt::format("; {} voxels are infinite or no number",
                           values.range ? std::to_string(values.not_finite) : fmt::format("all {}", voxels));
    return out + fmt::format("\ndigest        {}\n", values.digest);
}

std::string head(const study::Result& study)
{
    const auto& image = study.image;
    auto out = fmt::format("image         {}  ({})\n", image.description.path, image.description.format);
    out += fmt::format("shape         {} x {} x {} voxels (z, y, x)\n", image.shape.nz, image.shape.ny, image.shape.nx);
    if (const auto& edges = study.voxel_edges_m) {
        const auto side = [&](Axis axis) { return text::length_text(edges->along(axis) * image.shape.along(axis)); };
        const auto& by = image.description.voxel_by;
        out +=
            fmt::format("voxel         {}{}; the image is {} x {} x {}", text::edges_text(*edges),
                        study.voxel_by_user || by.empty() ? "" : " by " + by, side(Axis::z), side(Axis::y), side(Axis::x)) +
            (edges->cubic() ? "" : " (z, y, x)") + "\n";
    }
    if (const auto normal = normal_of_plane(image.shape))
        out += fmt::format("dimensions    2: one voxel deep along {}{}\n", name(*normal),
                           study.permeability ? ", without walls above and below" : "");
    if (study.values) out += values_lines(*study.values, image.shape.voxels());
    const bool looked_at = !study.percolation && (study.values || study.segmentation); // no label is asked for
    return study.interfaces || looked_at ? out : out + label_line(study);              // of interfaces all labels are alike
}

std::string label_lines(const image::LabelledImage& image)
{
    constexpr std::size_t listed = 32;
    auto out = fmt::format("digest        {}\n\n     label        voxels    fraction\n", image.digest);
    std::size_t lines = 0;
    for (const auto& [label, voxels] : image.labels) {
        if (++lines > listed) return out + fmt::format("       ... and {} more labels\n", image.labels.size() - listed);
        out += fmt::format("{:>10}{:>14}{:>12.6f}\n", label, voxels, 1.0 * voxels / image.shape.voxels());
    }
    return out;
}

/// What to type after a look at a file.
std::string next_line(const study::Result& study)
{
    auto command = study.command;
    const std::string verb = " info ";
    const auto place = command.find(verb);
    if (place == std::string::npos || (study.values && !study.segmentation)) return {};
    command.replace(place, verb.size(), " analyze ");
    if (study.segmentation) command += " --segment";
    std::string axes; // flow in a plane may mean two things, of which `analyze` takes that of its axes alone
    if (normal_of_plane(study.image.shape))
        for (const Axis axis : study::axes_within(study.image.shape))
            axes += fmt::format("{}{}", axes.empty() ? " --axis " : ",", name(axis));
    return fmt::format("{}next          {}{}\n", study.segmentation ? "" : "\n", command, axes);
}

std::string percolation_lines(const property::Percolation& p)
{
    auto out = fmt::format("porosity      {:.6f}\n", p.porosity());
    out += fmt::format("components    {} of 6-connected pores", p.components);
    if (!p.largest.empty()) out += fmt::format(", the largest holds {:.2f} % of them", 100.0 * p.largest.front() / p.pores);
    return out + "\n";
}

/// How wide the pores are, where that was measured and no table says it.
std::string chord_line(const study::Result& study)
{
    const auto& grid = study.diffusivity_grid ? study.diffusivity_grid : study.permeability_grid;
    if (!grid || study.pore_size) return {};
    const auto& chord = grid->mean_chord;
    if (study.percolation->pores == 0) return {};
    const auto normal = normal_of_plane(study.image.shape); // one voxel along it says nothing
    std::string widths, names;
    for (const Axis axis : {Axis::z, Axis::y, Axis::x}) {
        if (axis == normal) continue;
        widths += fmt::format("{}{:.2g}", widths.empty() ? "" : " x ", chord[axis]);
        names += fmt::format("{}{}", names.empty() ? "" : ", ", name(axis));
    }
    return fmt::format("pore width    {} voxels ({}), mean chords\n", widths, names);
}

std::string percolation_table(const study::Result& study)
{
    const auto& p = *study.percolation;
    std::vector<text::TextColumn> columns{{{"axis"}, false}, {{"percolates"}, false}, {{"connected"}}};
    for (const Axis axis : all_axes) {
        if ((study.diffusivity && !study.diffusivity->axes[axis]) || (study.permeability && !study.permeability->axes[axis]))
            continue;
        columns[0].cells.emplace_back(1, name(axis));
        columns[1].cells.emplace_back(p.axes[axis].percolates ? "yes" : "no");
        columns[2].cells.push_back(number(p.connected_porosity(axis)));
    }
    return text::text_table(columns);
}

} // namespace

std::string to_table(const study::Result& study, std::size_t columns)
{
    auto out = text::wrapped(head(study), columns, margin);
    if (study.segmentation) out += segmentation_table(*study.segmentation, pores_of(study)) + "\n";
    if (study.interfaces)
        return out + label_lines(study.image) +
               fmt::format("\n{}", interfaces_table(*study.interfaces, study.shortest_edge_m()));
    if (!study.percolation)
        return out + (study.values || study.segmentation ? "" : label_lines(study.image)) + next_line(study);
    out += text::wrapped(percolation_lines(*study.percolation) + chord_line(study), columns, margin);
    out += fmt::format("\n{}", percolation_table(study));
    if (study.plan) return out + fmt::format("\n{}", text::wrapped(to_table(*study.plan), columns, margin));
    if (study.pore_size)
        out += fmt::format("\n{}", pore_size_table(*study.pore_size, study::axes_within(study.image.shape),
                                                   study.shortest_edge_m(), columns));
    if (study.drainage)
        out += fmt::format("\n{}", drainage_table(*study.drainage, study.fluids, study.shortest_edge_m(), columns));
    if (!study.diffusivity && !study.permeability && study.percolation->boundary == Boundary::periodic)
        out += text::wrapped(
            "boundary periodic: the image repeats in all three directions, and percolates what winds around it\n", columns);
    if (study.diffusivity)
        out += fmt::format(
            "\n{}", diffusivity_table(*study.diffusivity, study.diffusivity_grid, study.percolation->porosity(), columns));
    if (study.permeability)
        out += fmt::format("\n{}", permeability_table(*study.permeability, study.permeability_grid, study.shortest_edge_m(),
                                                      study.cubic(), columns));
    if (study.network)
        out += fmt::format("\n{}", network_table(*study.network, direct_values(study), study.shortest_edge_m(), columns));
    if (study.rev) out += fmt::format("\n{}", rev_table(*study.rev, study.shortest_edge_m(), columns));
    return out;
}

} // namespace lapilli::report
