// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"
#include "cli/verb.hpp"

namespace lapilli::cli {

/// `lapilli compare`: two results, number by number.
void add_compare(CLI::App& app, SerialVerb& chosen);

} // namespace lapilli::cli
