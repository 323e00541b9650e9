// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "terminal/terminal.hpp"

#include "text/text_table.hpp"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace lapilli::terminal {

namespace {

constexpr std::size_t fewest_columns = 20; // less is no place for a line, and a terminal that says so has not been told

std::size_t columns_told()
{
    const char* told = std::getenv("COLUMNS");
    const std::string_view text = told != nullptr ? told : "";
    std::size_t columns = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), columns);
    return error == std::errc{} && end == text.data() + text.size() ? columns : 0;
}

} // namespace

std::size_t terminal_columns()
{
    if (const auto columns = columns_told(); columns >= fewest_columns) return columns;
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
        if (winsize size{}; ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col >= fewest_columns) return size.ws_col;
    return text::usual_columns;
}

bool stderr_is_terminal()
{
    if (const char* told = std::getenv(terminal_variable)) return std::string_view(told) == "1";
    return isatty(STDERR_FILENO) == 1;
}

std::string_view live_line_end()
{
    // of the ranks that the starting process tells of its terminal; itself, it sees it
    static const bool relayed = stderr_is_terminal() && isatty(STDERR_FILENO) != 1;
    return relayed ? "\x1b[K\n" : "";
}

void clear_line()
{
    const auto line = fmt::format("{}{}", line_eraser, live_line_end());
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fflush(stderr);
}

void clear_line_in_handler()
{
    std::array<char, 16> line{};
    const auto end = live_line_end();
    std::copy(end.begin(), end.end(), std::copy(line_eraser.begin(), line_eraser.end(), line.begin()));
    [[maybe_unused]] const auto written = write(STDERR_FILENO, line.data(), line_eraser.size() + end.size());
}

} // namespace lapilli::terminal
