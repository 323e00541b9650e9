// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/terminal.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace lapilli::cli {

namespace {

constexpr const char* line_eraser = "\r\x1b[K";

/// Only calls that are allowed in a signal handler.
void clear_line_and_end(int signal)
{
    [[maybe_unused]] const auto written = write(STDERR_FILENO, line_eraser, 4);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

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

void clear_line_when_stopped()
{
    if (!stderr_is_terminal()) return;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action {};
        sigaction(signal, nullptr, &action);
        if (action.sa_handler == SIG_IGN) continue; // as nohup asks
        action.sa_handler = clear_line_and_end;
        sigaction(signal, &action, nullptr);
    }
}

} // namespace lapilli::cli
