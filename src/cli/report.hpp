// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"

namespace lapilli::cli {

/// The page of a result folder, made anew.
void add_report(CLI::App& app, SerialVerb& chosen);

} // namespace lapilli::cli
