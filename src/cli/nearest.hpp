// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace lapilli::cli {

/// One sentence for a command line that could not be read: what is wrong, the nearest verb or flag that exists, where to look.
std::string explain(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv);

}  // namespace lapilli::cli
