// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/property_table.hpp"

#include "property/permeability_unit.hpp"
#include "report/quote_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lapilli::report {

namespace {

using property::Resolution;

/// How a property is shown.
struct Shown {
    std::string quantity;                 ///< "k"
    std::string unit;                     ///< " mD", or empty
    double scale = 1;                     ///< from voxels to this unit
    std::vector<Form> quoted;             ///< forms of a value to quote
    std::vector<text::TextColumn> solved; ///< what was solved, a line for each axis
    std::string notes;

    /// "k [mD]"
    std::string head() const { return unit.empty() ? quantity : fmt::format("{} [{}]", quantity, unit.substr(1)); }
};

/// A symmetric tensor, and its principal values and directions, in the unit that is shown.
std::string tensor_table(const Shown& shown, const Tensor& tensor, const Principal& principal)
{
    std::vector<text::TextColumn> columns{{{shown.head(), "x", "y", "z"}, false}};
    std::vector<text::TextColumn> directions{{{"principal " + shown.head()}}};
    for (int i = 0; i < 3; ++i) {
        const std::string axis(1, name(all_axes[i]));
        columns.push_back({{axis}});
        for (int j = 0; j < 3; ++j) columns.back().cells.push_back(number(shown.scale * tensor(j, i)));
        directions.front().cells.push_back(number(shown.scale * principal.values[i]));
        directions.push_back({{(i == 0 ? "along x" : axis)}});
        for (int j = 0; j < 3; ++j) directions.back().cells.push_back(number(principal.directions(j, i)));
    }
    return fmt::format("\n{}\n{}", text::text_table(columns), text::text_table(directions));
}

std::string two_grid_lines(const Shown& shown, const Resolution& grid)
{
    std::string out;
    for (const Axis axis : all_axes) {
        const auto& pair = grid.two_grid[axis];
        if (!pair) continue;
        const auto show = [&](double value) { return number(shown.scale * value, 4) + shown.unit; };
        const bool withheld = !grid.withheld[axis].empty();
        out += fmt::format("{} {}: {} by one cell per voxel edge, {} by two{}{}\n", shown.quantity, name(axis),
                           show(pair->one), show(pair->two), withheld ? "" : ", extrapolated " + show(pair->extrapolated()),
                           pair->converged ? "" : "  NOT CONVERGED");
    }
    return out;
}

/// Off the diagonal of what is to be quoted: what the solver leaves.
double noise_of(const Summary& summary)
{
    double noise = 0;
    for (const auto& quote : summary.axes) noise = std::max(noise, quote->value * quote->parts.solver.value_or(0));
    return noise;
}

/// @param tensor  of a periodic image, as solved; empty: sealed
std::string table(const Shown& shown, const Summary& summary, const std::optional<Resolution>& grid,
                  const std::string& tensor, std::size_t columns)
{
    std::string out;
    if (summary.corrected()) {
        out += text::wrapped(fmt::format("{}, {}\n", shown.quantity, correction_text(summary, *grid)), columns);
        out += quote_table(summary, shown.quoted);
        if (summary.tensor) out += tensor_table(shown, *summary.tensor, principal(*summary.tensor, noise_of(summary)));
        out += "\none cell per voxel, as solved\n";
    } else {
        out += text::wrapped(fmt::format("{}, one cell per voxel; not corrected for the grid\n", shown.quantity), columns);
    }
    out += text::text_table(shown.solved) + tensor;
    std::string notes;
    if (grid) notes += two_grid_lines(shown, *grid) + correction_notes(summary, *grid, shown.quantity);
    return out + text::wrapped(notes + shown.notes, columns);
}

/// Of what was solved: how far the solver came.
template <class Axes>
void add_solver(std::vector<text::TextColumn>& columns, const Axes& axes)
{
    text::TextColumn error{{"error est."}}, iterations{{"iterations"}}, flag{{""}, false};
    for (const auto& axis : axes) {
        if (!axis) continue;
        error.cells.push_back(axis->percolates ? fmt::format("{:.1e}", axis->error_estimate) : "-");
        iterations.cells.push_back(axis->percolates ? fmt::format("{}", axis->iterations) : "-");
        flag.cells.emplace_back(axis->converged ? "" : "NOT CONVERGED");
    }
    columns.insert(columns.end(), {error, iterations, flag});
}

/// The names of the axes, then a column for each of these.
template <class Axes, class Show>
void add_column(std::vector<text::TextColumn>& columns, const std::string& head, const Axes& axes, Show&& show,
                bool to_the_right = true)
{
    columns.push_back({{head}, to_the_right});
    for (const Axis axis : all_axes)
        if (const auto& along = axes[axis]) columns.back().cells.push_back(show(axis, *along));
}

template <class Axes>
void add_names(std::vector<text::TextColumn>& columns, const Axes& axes)
{
    add_column(
        columns, "axis", axes, [](Axis axis, const auto&) { return std::string(1, name(axis)); }, false);
}

/// A column for each quantity that has a head.
template <class Along>
void add_quantities(std::vector<text::TextColumn>& columns, const PerAxis<std::optional<Along>>& axes)
{
    property::for_each_quantity<Along>([&](const auto& quantity) {
        if constexpr (requires(const Along& along) { number(quantity.of(along)); })
            if (*quantity.head)
                add_column(columns, quantity.head, axes,
                           [&](Axis, const Along& along) { return number(quantity.of(along)); });
    });
}

const char* footnote(Boundary boundary)
{
    if (boundary == Boundary::sealed)
        return "boundary sealed: fixed concentrations on the two faces of the axis, no flux through the other four; "
               "F = D0/D, tortuosity = porosity D0/D\n";
    return "boundary periodic: unit mean gradient, the image repeats in all three directions; "
           "F = D0/D, tortuosity = porosity D0/D, both by the diagonal\n";
}

std::string footnote(const property::Permeability& k)
{
    const char* sealed = k.normal
                             ? "sealed: fixed pressures on the two ends of the axis in the plane, no slip on the other two"
                             : "sealed: fixed pressures on the two faces of the axis, no slip on the other four";
    return fmt::format("boundary {}; walls {}; tortuosity = mean speed / mean velocity along the axis\n",
                       k.boundary == Boundary::sealed
                           ? sealed
                           : "periodic: unit mean pressure gradient, the image repeats in all three directions",
                       k.walls == stokes::Walls::weighted ? "weighted" : "plain");
}

} // namespace

std::string diffusivity_table(const property::Diffusivity& d, const std::optional<Resolution>& grid, double porosity,
                              std::size_t columns)
{
    const auto summary = summary_of(d, grid);
    Shown shown{.quantity = "D/D0", .unit = {}, .quoted = {}, .solved = {}, .notes = footnote(d.boundary)};
    const auto over = [one_phase = summary.one_phase](double quantity) {
        return [=](double relative) {
            return number(one_phase && relative > 0 ? std::optional(quantity / relative) : std::nullopt, 4);
        };
    };
    shown.quoted = {{"D/D0", [](double value) { return number(value, 4); }}, {"F", over(1)}, {"tortuosity", over(porosity)}};
    add_names(shown.solved, d.axes);
    add_column(shown.solved, "D/D0", d.axes, [](Axis, const auto& along) { return number(along.relative); });
    add_quantities(shown.solved, d.axes);
    add_solver(shown.solved, d.axes);
    return table(shown, summary, grid, d.tensor ? tensor_table(shown, d.tensor->relative, d.tensor->principal) : "",
                 columns);
}

std::string permeability_table(const property::Permeability& k, const std::optional<Resolution>& grid,
                               const std::optional<double>& edge_m, bool cubic, std::size_t columns)
{
    const auto& unit = property::quoted_unit(edge_m.has_value());
    Shown shown{.quantity = "k",
                .unit = fmt::format(" {}", unit.symbol),
                .scale = *unit.of(1, edge_m),
                .quoted = {},
                .solved = {},
                .notes = footnote(k)};
    add_names(shown.solved, k.axes);
    const auto head = [](const property::PermeabilityUnit& in) { return fmt::format("k [{}]", in.symbol); };
    const auto add_quoted = [&](const property::PermeabilityUnit& in) {
        shown.quoted.push_back({head(in), [=](double voxel2) { return number(in.of(voxel2, edge_m), 4); }});
    };
    const auto add_solved = [&](const property::PermeabilityUnit& in) {
        add_column(shown.solved, head(in), k.axes,
                   [&](Axis, const auto& along) { return number(in.of(along.voxel2, edge_m)); });
    };
    add_quoted(unit);
    if (edge_m) {
        add_quoted(property::square_metre);
        add_solved(unit);
        add_solved(property::square_metre);
    }
    if (cubic) add_solved(property::square_voxel);
    add_quantities(shown.solved, k.axes);
    add_solver(shown.solved, k.axes);
    return table(shown, summary_of(k, grid), grid,
                 k.tensor ? tensor_table(shown, k.tensor->voxel2, k.tensor->principal) : "", columns);
}

} // namespace lapilli::report
