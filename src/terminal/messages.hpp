// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"

#include <string>
#include <string_view>

namespace lapilli::terminal {

/// What every sentence of an error begins with.
inline constexpr std::string_view error_prefix = "lapilli: error: ";

/// "lapilli: error: <sentence>" on stderr, always one line. Call it on one rank.
void print_error(const std::string& sentence);
/// "lapilli: warning: <sentence>", likewise.
void print_warning(const std::string& sentence);
/// "lapilli: stopped: <sentence>", likewise.
void print_stopped(const std::string& sentence);

/// What to throw where not all of the results has arrived.
Error lost_output();

} // namespace lapilli::terminal
