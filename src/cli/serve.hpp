// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"

namespace lapilli::cli {

/// `lapilli serve DIR`: the runs below a folder as pages, until it is told to stop.
void add_serve(CLI::App& app, SerialVerb& chosen);

} // namespace lapilli::cli
