// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace lapilli::cli {

/// Name of the variable by which the starting process tells its ranks whether its stderr is a terminal ("1" or "0"):
/// they write into pipes of mpirun and cannot see it.
inline constexpr const char* terminal_variable = "LAPILLI_TERMINAL";

/// True where a person sees what is written to stderr as it is written.
bool stderr_is_terminal();

/// Takes an unfinished line, such as that of the progress, off the terminal behind stderr.
void clear_line();

/// Has this process clear that line when Ctrl-C or a termination signal ends it, where stderr is a terminal.
void clear_line_when_stopped();

} // namespace lapilli::cli
