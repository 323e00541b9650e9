// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/case_file.hpp"
#include "cli/verb.hpp"
#include "core/error.hpp"
#include "launch/launch.hpp"

#include <optional>
#include <string>

namespace lapilli::cli {

/// What the arguments ask for: a verb to run, or a text to print (help, version), or nothing that can be done, or a case
/// file to be read first.
struct Request {
    Verb verb;
    SerialVerb serial_verb; ///< instead of the verb, where no ranks are needed
    launch::LaunchOptions launch;
    std::string text;
    std::optional<Error> refusal;
    std::string case_file; ///< path; empty once it has been read, and if there is none
};

/// Reads the arguments; opens no file and needs no MPI, so that what is wrong is said at once.
Request read_command_line(int argc, const char* const* argv);
/// The same for arguments that name a case file, with what it says: options that are typed override its keys.
Request read_command_line(int argc, const char* const* argv, const CaseFile& file);

} // namespace lapilli::cli
