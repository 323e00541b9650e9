// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace lapilli::report {

namespace {

using property::GridValue;
using property::Resolution;

/// Corrects a value as solved by what was measured along its axis.
void correct(Quote& quote, const GridValue& solved, const Resolution& grid, Axis axis)
{
    const auto& pair = grid.two_grid[axis];
    const auto& blocks = grid.correction[axis];
    quote.note = grid.withheld[axis];
    if (blocks && blocks->edge_voxels) {
        quote.parts.sample = blocks->sample;
        quote.parts.segmentation = blocks->segmentation;
    }
    if (!quote.note.empty() || (!pair && !(blocks && blocks->ratio))) return;
    const bool cut_out = blocks && blocks->edge_voxels;
    const auto by_blocks = !cut_out ? std::nullopt : pair ? blocks->spread : blocks->standard_error;
    if (by_blocks || grid.left[axis] > 0) quote.parts.grid = std::hypot(by_blocks.value_or(0), grid.left[axis]);
    if (pair) { // of the whole image
        quote.value = pair->extrapolated();
        quote.parts.solver = pair->extrapolated_error() / quote.value;
        quote.made_by = MadeBy::two_grid;
        quote.converged = quote.converged && pair->converged;
    } else {
        quote.value = *blocks->ratio * solved.value;
        quote.parts.solver = solved.error_estimate + *blocks->error_estimate;
        quote.made_by = MadeBy::blocks;
        quote.converged = quote.converged && grid.converged;
    }
    quote.grid_shift = quote.value / solved.value - 1;
}

Quote quote_of(const std::optional<GridValue>& solved, const std::optional<Resolution>& grid, Axis axis)
{
    if (!solved) return {.made_by = MadeBy::percolation}; // nothing gets through, which is exact
    Quote quote{.value = solved->value, .parts = {.solver = solved->error_estimate}, .converged = solved->converged};
    if (grid) correct(quote, *solved, *grid, axis);
    return quote;
}

Tensor corrected(const Tensor& solved, const Summary& summary, const std::optional<Resolution>& grid)
{
    Tensor tensor = solved;
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) {
            const auto& row = *summary.axes[all_axes[i]];
            const auto& column = *summary.axes[all_axes[j]];
            if (row.made_by == MadeBy::two_grid && column.made_by == MadeBy::two_grid)
                tensor(i, j) = property::TwoGrid{.one = solved(i, j), .two = (*grid->tensor_2)(i, j), .order = grid->order}
                                   .extrapolated();
            else
                tensor(i, j) *= std::sqrt((1 + row.grid_shift.value_or(0)) * (1 + column.grid_shift.value_or(0)));
        }
    for (int a = 0; a < 3; ++a) tensor(a, a) = summary.axes[all_axes[a]]->value; // the same digits
    return tensor;
}

template <class Property>
Summary summarize(const Property& property, const std::optional<Resolution>& grid)
{
    const auto values = property::grid_values(property);
    Summary summary;
    for (const Axis axis : all_axes)
        if (property.axes[axis]) summary.axes[axis] = quote_of(values.axes[axis], grid, axis);
    if (values.tensor) summary.tensor = corrected(*values.tensor, summary, grid);
    return summary;
}

} // namespace

const char* name(MadeBy made_by)
{
    constexpr std::array names{"one_cell_per_voxel", "two_grid", "blocks", "percolation"};
    return names[static_cast<int>(made_by)];
}

bool Summary::corrected() const
{
    return std::any_of(axes.begin(), axes.end(), [](const auto& quote) { return quote && quote->grid_shift; });
}

Summary summary_of(const property::Diffusivity& d, const std::optional<Resolution>& grid)
{
    auto summary = summarize(d, grid);
    summary.one_phase = std::none_of(d.axes.begin(), d.axes.end(),
                                     [](const auto& axis) { return axis && axis->percolates && !axis->formation_factor; });
    return summary;
}

Summary summary_of(const property::Permeability& k, const std::optional<Resolution>& grid) { return summarize(k, grid); }

} // namespace lapilli::report
