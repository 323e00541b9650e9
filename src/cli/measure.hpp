// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"

namespace lapilli::cli {

/// The verbs that measure an image.
void add_info(CLI::App& app, Verb& chosen);
void add_porosity(CLI::App& app, Verb& chosen);
void add_percolation(CLI::App& app, Verb& chosen);
void add_diffusivity(CLI::App& app, Verb& chosen);
void add_analyze(CLI::App& app, Verb& chosen);

} // namespace lapilli::cli
