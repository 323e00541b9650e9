// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"

#include <string>
#include <vector>

namespace lapilli::cli {

/// A file that says in TOML what is otherwise typed: the keys are the long names of the options of a verb.
struct CaseFile {
    std::string path;
    std::string text;
};

/// One key of a case file, as the option that it stands for.
struct Setting {
    std::string option;             ///< "--voxel"
    std::vector<std::string> words; ///< what a person would type for it: "--voxel=2um"; several if the option is repeated
    std::string place;              ///< "case.toml:3:9", where its value stands
};

/// Adds the argument CASE to a verb: a word that ends in .toml. It comes before the other arguments of the verb.
void add_case_argument(CLI::App& command);
/// The path given for CASE; empty if none is.
std::string case_argument(const CLI::App& command);

/// @throws Error the file is missing, a folder, or too large to be one. One rank, not collective.
CaseFile read_case_file(const std::string& path);

/// The keys of the file as options of `command`, in the order of the file. The values: text, numbers, true or false for
/// flags; a list [0, 1] is typed 0,1 and a list in it [0, 100] is 0:100; a table {"0" = 1.0} is 0=1. A relative file name
/// for an argument is taken from the folder of the case file.
/// @throws Error with file:line:column: no TOML, an unknown key, a value of a kind that no option has
std::vector<Setting> settings_of(const CaseFile& file, const CLI::App& command);

} // namespace lapilli::cli
