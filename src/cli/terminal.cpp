// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/terminal.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace lapilli::cli {

bool stderr_is_terminal()
{
    if (const char* told = std::getenv(terminal_variable)) return std::string_view(told) == "1";
    return isatty(STDERR_FILENO) == 1;
}

} // namespace lapilli::cli
