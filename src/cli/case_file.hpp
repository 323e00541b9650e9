// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"

#include <string>

namespace lapilli::cli {

/// A file that says in TOML what is otherwise typed: the keys are the long names of the options of a verb.
struct CaseFile {
    std::string path;
    std::string text;
};

/// Adds the argument CASE to a verb: a word that ends in .toml. It comes before the other arguments of the verb.
void add_case_argument(CLI::App& command);
/// The path given for CASE; empty if none is.
std::string case_argument(const CLI::App& command);

/// @throws Error the file is missing, a folder, or too large to be one. One rank, not collective.
CaseFile read_case_file(const std::string& path);

/// Gives the options of `command` that were not typed the values that the file has for them, in the order of the file. The
/// values: text, numbers, true or false for flags; a list [0, 1] is typed 0,1 and a list in it [0, 100] is 0:100; a table
/// {"0" = 1.0} is 0=1. A relative file name for an argument is taken from the folder of the case file.
/// @throws Error with file:line:column: no TOML, an unknown key, a value of a kind that no option has or that the option
/// refuses
void apply(const CaseFile& file, CLI::App& command);

} // namespace lapilli::cli
