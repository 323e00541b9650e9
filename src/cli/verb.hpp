// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"
#include "core/error.hpp"
#include "parallel/communicator.hpp"

#include <functional>

namespace lapilli::cli {

/// What a verb does once MPI is up: collective over all ranks. Each verb has `void add_<verb>(CLI::App&, Verb& chosen)`
/// in <verb>.hpp, whose callback sets `chosen`; nothing is computed while options are parsed.
using Verb = std::function<ExitCode(const parallel::Communicator&)>;

/// What a verb does that one process can do alone, without MPI. @throws Error
using SerialVerb = std::function<ExitCode()>;

/// Adds every verb of the program that runs on all ranks; but what only lists something needs none.
void add_verbs(CLI::App& app, Verb& chosen, SerialVerb& listed);
/// Adds the others.
void add_serial_verbs(CLI::App& app, SerialVerb& chosen);

} // namespace lapilli::cli
