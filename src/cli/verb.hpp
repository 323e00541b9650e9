// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "error.hpp"
#include "parallel/communicator.hpp"

#include <CLI/CLI.hpp>

#include <functional>

namespace lapilli::cli {

/// What a verb does once MPI is up: collective over all ranks. Each verb has `void add_<verb>(CLI::App&, Verb& chosen)`
/// in <verb>.hpp, whose callback sets `chosen`; nothing is computed while options are parsed.
using Verb = std::function<ExitCode(const parallel::Communicator&)>;

/// Adds every verb of the program.
void add_verbs(CLI::App& app, Verb& chosen);

} // namespace lapilli::cli
