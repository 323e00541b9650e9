// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/text_table.hpp"

#include <algorithm>

namespace lapilli::text {

namespace {

void append(std::vector<std::string>& lines, const TextColumn& column)
{
    std::size_t widest = 0;
    for (const auto& cell : column.cells) widest = std::max(widest, width(cell));
    lines.resize(column.cells.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string blank(widest - width(column.cells[i]), ' ');
        lines[i] +=
            (lines[i].empty() ? "" : "  ") + (column.to_the_right ? blank + column.cells[i] : column.cells[i] + blank);
    }
}

/// The next blank at which a line may be broken: not between a number and its %.
std::size_t next_break(std::string_view line, std::size_t from)
{
    auto blank = line.find(' ', from);
    while (blank != std::string_view::npos && line.substr(blank + 1).starts_with('%')) blank = line.find(' ', blank + 1);
    return blank;
}

std::string wrapped_line(std::string_view line, std::size_t columns, std::size_t indent)
{
    std::string out;
    std::string margin; // of the line at work
    while (width(line) + margin.size() > columns) {
        const auto first = line.find_first_not_of(' ');
        std::size_t cut = std::string_view::npos; // the last blank that leaves a line short enough, else the first one
        for (auto blank = next_break(line, first); blank != std::string_view::npos; blank = next_break(line, blank + 1)) {
            if (cut != std::string_view::npos && width(line.substr(0, blank)) + margin.size() > columns) break;
            cut = blank;
        }
        if (cut == std::string_view::npos) break;
        out.append(margin).append(line.substr(0, line.find_last_not_of(' ', cut) + 1)).append("\n");
        line.remove_prefix(std::min(line.size(), line.find_first_not_of(' ', cut)));
        margin.assign(indent, ' ');
    }
    return out.append(margin).append(line);
}

} // namespace

std::size_t width(std::string_view text)
{
    return std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0U) != 0x80U; });
}

std::string text_table(std::span<const TextColumn> columns)
{
    std::vector<std::string> lines;
    for (const auto& column : columns) append(lines, column);
    std::string table;
    for (const auto& line : lines) table += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    return table;
}

std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent)
{
    std::string out;
    while (!text.empty()) {
        const auto end = text.find('\n');
        out += wrapped_line(text.substr(0, end), columns, indent);
        if (end == std::string_view::npos) break;
        out += '\n';
        text.remove_prefix(end + 1);
    }
    return out;
}

} // namespace lapilli::text
