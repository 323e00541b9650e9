// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "terminal/messages.hpp"

#include <algorithm>
#include <cstdio>

namespace lapilli::terminal {

namespace {

/// One write, so that nothing of another process comes between. File names may hold anything: what would start a new
/// line or move the cursor is shown as '?'.
void print_line(const char* kind, const std::string& sentence)
{
    std::string line = std::string("lapilli: ") + kind + ": " + sentence;
    std::replace_if(
        line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 127; }, '?');
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fflush(stderr);
}

} // namespace

void print_error(const std::string& sentence) { print_line("error", sentence); }
void print_warning(const std::string& sentence) { print_line("warning", sentence); }
void print_stopped(const std::string& sentence) { print_line("stopped", sentence); }

Error lost_output()
{
    return failure("the results could not be written to the standard output; free space where it goes, or use --out");
}

} // namespace lapilli::terminal
