// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <string_view>

namespace lapilli::terminal {

/// Name of the variable by which the starting process tells its ranks whether its stderr is a terminal ("1" or "0"):
/// they write into pipes of mpirun and cannot see it.
inline constexpr const char* terminal_variable = "LAPILLI_TERMINAL";

/// True where a person sees what is written to stderr as it is written.
bool stderr_is_terminal();

/// What takes an unfinished line off a terminal.
inline constexpr std::string_view line_eraser = "\r\x1b[K";

/// What ends a line that is to be rewritten: nothing on a terminal. Ranks end it by a newline that the starting process
/// takes away behind an eraser: mpirun 5 passes on to its standard output what of their standard error ends without one.
std::string_view live_line_end();
/// That end, without the newline.
inline constexpr std::string_view relayed_line_end = "\x1b[K";

/// Columns of the terminal that this process sees: as COLUMNS says, else as stdout and stderr are, else the usual 80. The
/// starting process tells its ranks, whose output goes through mpirun.
std::size_t terminal_columns();

/// Takes an unfinished line, such as that of the progress, off the terminal behind stderr.
void clear_line();

/// The same with the only call that a signal handler may make.
void clear_line_in_handler();

} // namespace lapilli::terminal
