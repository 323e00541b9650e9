// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/case_file.hpp"
#include "cli/verb.hpp"
#include "core/error.hpp"
#include "launch/launch.hpp"

#include <functional>
#include <optional>
#include <string>

namespace lapilli::cli {

/// What the arguments ask for: a verb to run, or a text to print (help, version), or nothing that can be done.
struct Request {
    Verb verb;
    SerialVerb serial_verb; ///< instead of the verb, where no ranks are needed
    launch::LaunchOptions launch;
    std::string text;
    std::optional<Error> refusal;
};

/// How a case file is read, by its path. @throws Error
using CaseReader = std::function<CaseFile(const std::string& path)>;

/// Reads the arguments. Opens no file and needs no MPI, so that what is wrong is said at once, but calls `read` if they name
/// a case file: options that are typed override its keys.
Request read_command_line(int argc, const char* const* argv, const CaseReader& read = read_case_file);

} // namespace lapilli::cli
