// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "error.hpp"
#include "parallel/communicator.hpp"

#include <CLI/CLI.hpp>

#include <functional>

namespace lapilli::cli {

/// What the command line asked for: runs on every rank and says how the process ends. Each verb has a function add_<verb>(app, chosen) that
/// sets `chosen` when the verb was typed.
using Verb = std::function<ExitCode(const parallel::Communicator&)>;

}  // namespace lapilli::cli
