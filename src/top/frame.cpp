// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "top/frame.hpp"

#include "text/sentence.hpp"
#include "text/text_table.hpp"
#include "top/heading.hpp"
#include "top/letters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace lapilli::top {

using collection::Run;
using collection::RunStatus;

namespace {

struct Column {
    std::string head;
    std::vector<std::string> cells;
    bool to_the_right = false;
    std::size_t width = 0; ///< of its widest cell
};

enum { run_column, state_column, at_column, value_column, error_column, left_column, memory_column, ranks_column };
constexpr std::array leave_out{ranks_column, memory_column, error_column, at_column, left_column, value_column};
constexpr std::size_t gap = 2, shortest_name = 12;

/// A sentence stands in place of all that would come behind the state.
bool has_sentence(const Run& run) { return !run.state.sentence.empty() && run.state.status != RunStatus::running; }

/// The name of a run, below the folder of all.
std::string name_in(const std::string& folder, const Run& run)
{
    if (run.folder.starts_with(folder + "/")) return run.folder.substr(folder.size() + 1);
    return run.folder.starts_with(folder) && folder.ends_with('/') ? run.folder.substr(folder.size()) : run.folder;
}

std::string at_or_quoted(const Run& run)
{
    if (goes_on(run.state.status)) return at_text(run.state);
    return run.value.quantity.empty() ? "" : (run.value.quantity == "k" ? "k " : "D ") + run.value.axis;
}

std::vector<Column> columns_of(const std::vector<Run>& runs, const View& view, const Paper& paper)
{
    std::vector<Column> columns{{"RUN"}, {"STATE"}, {"AT"}, {"VALUE"}, {"ERROR"}, {"LEFT"}, {"MEMORY"}, {"RANKS"}};
    for (const int column : {value_column, left_column, memory_column, ranks_column}) columns[column].to_the_right = true;
    for (const auto& run : runs) {
        const bool bare = has_sentence(run);
        const std::array<std::string, 8> cells{name_in(view.folder, run),
                                               state_text(run, view.now_s),
                                               bare ? "" : at_or_quoted(run),
                                               bare ? "" : value_text(run.value),
                                               bare ? "" : error_text(run.value),
                                               bare ? "" : left_text(run.state),
                                               bare || !run.memory_bytes ? "" : text::bytes_text(*run.memory_bytes),
                                               bare || run.state.ranks == 0 ? "" : std::to_string(run.state.ranks)};
        for (std::size_t i = 0; i < cells.size(); ++i) columns[i].cells.push_back(readable(cells[i], paper.utf8));
    }
    for (auto& column : columns) {
        for (const auto& cell : column.cells) column.width = std::max(column.width, text::width(cell));
        if (column.width > 0) column.width = std::max(column.width, column.head.size()); // else nobody has one
    }
    return columns;
}

/// Makes the table no wider than the paper: columns that go have no width.
void fit(std::vector<Column>& columns, std::size_t room)
{
    const auto total = [&] {
        std::size_t sum = 0;
        for (const auto& column : columns) sum += column.width > 0 ? column.width + gap : 0;
        return sum - std::min(sum, gap);
    };
    auto& name = columns[run_column];
    const auto narrow = [&] { // a long name gives way before a column does
        const auto least = std::min(name.width, std::max(shortest_name, room / 4));
        if (total() > room) name.width = std::max(least, name.width - std::min(name.width, total() - room));
    };
    const auto widest = name.width;
    narrow();
    for (const int column : leave_out)
        if (total() > room) columns[column].width = 0;
    if (total() <= room) {
        name.width = std::min(widest, name.width + room - total()); // what has gone may have left room
        return;
    }
    narrow();
    columns[state_column].width = std::min(columns[state_column].width, room - std::min(room, name.width + gap));
}

std::string padded(const std::string& cell, const Column& column, bool utf8)
{
    const auto text = cut(cell, column.width, utf8);
    const std::string blank(column.width - text::width(text), ' ');
    return column.to_the_right ? blank + text : text + blank;
}

std::string coloured(const std::string& text, RunStatus status, const Paper& paper)
{
    if (!paper.colours) return text;
    const char* code = "0";
    if (status == RunStatus::failed) code = "31";
    if (status == RunStatus::silent || status == RunStatus::not_converged) code = "33";
    if (status == RunStatus::running) code = "32";
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

/// Without blanks at its end.
std::string trimmed(std::string line)
{
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

std::string head_line(const std::vector<Column>& columns, const Paper& paper)
{
    std::string line;
    for (const auto& column : columns)
        if (column.width > 0) line += (line.empty() ? "" : "  ") + padded(column.head, column, paper.utf8);
    return trimmed(line);
}

std::string line_of(const Run& run, std::size_t row, const std::vector<Column>& columns, std::size_t room,
                    const Paper& paper)
{
    const auto& state = columns[state_column];
    const auto line = padded(columns[run_column].cells[row], columns[run_column], paper.utf8);
    std::string rest;
    for (std::size_t i = at_column; i < columns.size(); ++i)
        if (columns[i].width > 0) rest += "  " + padded(columns[i].cells[row], columns[i], paper.utf8);
    const auto used = columns[run_column].width + gap + state.width;
    if (has_sentence(run) && used + gap < room)
        rest = "  " + cut(readable(run.state.sentence, paper.utf8), room - used - gap, paper.utf8);
    return trimmed(line + "  " + coloured(padded(state.cells[row], state, paper.utf8), run.state.status, paper) + rest);
}

} // namespace

std::vector<std::string> frame(const std::vector<Run>& runs, const View& view, const Paper& paper)
{
    const std::size_t mark = view.chosen ? 2 : 0, room = paper.columns - std::min(paper.columns, mark);
    const std::string blank(mark, ' ');
    std::vector<std::string> lines{heading(runs, view, paper)};
    if (runs.empty()) {
        lines.push_back(cut("no runs yet: a run has a result.json or a progress.jsonl", paper.columns, paper.utf8));
    } else {
        auto columns = columns_of(runs, view, paper);
        fit(columns, room);
        lines.push_back(blank + head_line(columns, paper));
        const std::size_t keys = view.chosen ? 1 : 0, used = lines.size() + keys;
        const std::size_t most =
            paper.rows == 0 ? runs.size() : std::max<std::size_t>(1, paper.rows - std::min(paper.rows, used));
        const std::size_t chosen = view.chosen.value_or(0), first = chosen < most ? 0 : chosen - most + 1;
        for (std::size_t i = first; i < std::min(runs.size(), first + most); ++i)
            lines.push_back((mark == 0 ? "" : i == chosen ? "> " : blank) + line_of(runs[i], i, columns, room, paper));
    }
    if (view.chosen) {
        lines.resize(std::max<std::size_t>(lines.size(), paper.rows - std::min<std::size_t>(paper.rows, 1)));
        lines.push_back(
            cut(fmt::format("q quit  s sort: {}  {} choose  Enter follow", name(view.order), paper.utf8 ? "↑↓" : "up, down"),
                paper.columns, paper.utf8));
    }
    return lines;
}

} // namespace lapilli::top
