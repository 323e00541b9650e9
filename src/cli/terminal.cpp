// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/terminal.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace lapilli::cli {

namespace {

constexpr const char* line_eraser = "\r\x1b[K";

} // namespace

bool stderr_is_terminal()
{
    if (const char* told = std::getenv(terminal_variable)) return std::string_view(told) == "1";
    return isatty(STDERR_FILENO) == 1;
}

void clear_line()
{
    std::fputs(line_eraser, stderr);
    std::fflush(stderr);
}

void clear_line_in_handler() { [[maybe_unused]] const auto written = write(STDERR_FILENO, line_eraser, 4); }

} // namespace lapilli::cli
