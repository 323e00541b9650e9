// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/quote_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lapilli::report {

namespace {

constexpr const char* none = "-"; // not measured, or not defined

/// Calls visit(axis, quote) for each axis that was asked for.
template <class Visit>
void for_each_quote(const Summary& summary, Visit&& visit)
{
    for (const Axis axis : all_axes)
        if (const auto& quote = summary.axes[axis]) visit(axis, *quote);
}

/// A column for each source of errors that was measured.
void add_parts(std::vector<text::TextColumn>& columns, const Summary& summary)
{
    property::for_each_quantity<Parts>([&](const auto& part) {
        text::TextColumn column{{fmt::format("\u00b1 {}", part.head)}};
        bool any = false;
        for_each_quote(summary, [&](Axis, const Quote& quote) {
            column.cells.push_back(percent(part.of(quote.parts)));
            any = any || part.of(quote.parts);
        });
        if (any) columns.push_back(std::move(column));
    });
}

/// "3 of 8 blocks of 96³ voxels": as many were solved on the finer grid, too; empty: none were cut out.
std::string blocks_text(const property::Resolution& grid)
{
    int two_cells = 0, all = 0;
    std::int64_t edge = 0;
    for (const auto& correction : grid.correction)
        if (correction && correction->edge_voxels) {
            two_cells = std::max(two_cells, correction->two_cells);
            all = correction->blocks + correction->left_out;
            edge = *correction->edge_voxels;
        }
    if (all == 0) return "";
    const auto part = two_cells > 0 && two_cells < all ? fmt::format("{} of ", two_cells) : "";
    return fmt::format("{}{} blocks of {}³ voxels", part, all, edge);
}

} // namespace

std::string number(const std::optional<double>& value, int digits)
{
    return value ? fmt::format("{:.{}g}", *value, digits) : none;
}

std::string percent(const std::optional<double>& part)
{
    if (!part) return none;
    constexpr double two_digits = 9.5;
    const double percents = 100 * *part;
    return fmt::format(fmt::runtime(percents < two_digits ? "{:.1g} %" : "{:.0f} %"), percents);
}

std::string correction_text(const Summary& summary, const property::Resolution& grid)
{
    const auto by_blocks = blocks_text(grid);
    std::string shifts;
    bool two_grid = false;
    for_each_quote(summary, [&](Axis axis, const Quote& quote) {
        if (!quote.grid_shift) return;
        two_grid = two_grid || quote.made_by == MadeBy::two_grid;
        shifts += fmt::format("{}{} {:+.0f}", shifts.empty() ? "" : ", ", name(axis), 100 * *quote.grid_shift);
    });
    const auto by = two_grid ? "two grids" + (by_blocks.empty() ? "" : ", spread by " + by_blocks) : by_blocks;
    return fmt::format("corrected for the grid by {} ({} %)", by, shifts);
}

std::string quote_table(const Summary& summary, const std::vector<Form>& forms)
{
    std::vector<text::TextColumn> columns{{{"axis"}, false}};
    for (const auto& form : forms) columns.push_back({{form.head}});
    for_each_quote(summary, [&](Axis axis, const Quote& quote) {
        columns.front().cells.emplace_back(1, name(axis));
        for (std::size_t f = 0; f < forms.size(); ++f) columns[1 + f].cells.push_back(forms[f].show(quote.value));
    });
    add_parts(columns, summary);
    text::TextColumn flag{{""}, false};
    for_each_quote(summary,
                   [&](Axis, const Quote& quote) { flag.cells.emplace_back(quote.converged ? "" : "NOT CONVERGED"); });
    columns.push_back(std::move(flag));
    return text::text_table(columns);
}

std::string correction_notes(const Summary& summary, const property::Resolution& grid, const std::string& quantity)
{
    std::string notes;
    for_each_quote(summary, [&](Axis axis, const Quote& quote) {
        const auto& blocks = grid.correction[axis];
        if (!quote.note.empty())
            notes += fmt::format("{} {} is not corrected: {}\n", quantity, name(axis), quote.note);
        else if (blocks && blocks->left_out > 0)
            notes += fmt::format("{} {}: {} of {} blocks {} not percolate\n", quantity, name(axis), blocks->left_out,
                                 blocks->blocks + blocks->left_out, blocks->left_out == 1 ? "does" : "do");
    });
    return notes;
}

} // namespace lapilli::report
