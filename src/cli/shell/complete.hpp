// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"

#include <string>
#include <vector>

namespace lapilli::cli {

/// The verb that the adaptors of src/cli/shell call; no help names it.
inline constexpr const char* complete_verb = "__complete";

/// What may stand in place of the last of `words`, which is unfinished or empty, behind those before it: lines of a word, a
/// tab and its help; then one of `:files`, `:folders` and `:none`, which says what else the shell may offer there.
/// @param words  the shell, one of bash, zsh and fish, and then what is typed behind the name of the program
std::string complete(const CLI::App& app, const std::vector<std::string>& words);

} // namespace lapilli::cli
