// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"

namespace lapilli::cli {

/// `lapilli collect FOLDER...`: merges the results of many runs into one table.
void add_collect(CLI::App& app, SerialVerb& chosen);

} // namespace lapilli::cli
