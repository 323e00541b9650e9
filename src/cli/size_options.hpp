// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"
#include "study/options.hpp"

namespace lapilli::cli {

/// --of, --convention: of pore sizes. The options must outlive the parsing.
void add_size_options(CLI::App& command, study::Options& options);
/// --axis, --from, --mercury, --fluids: of drainage.
void add_drainage_options(CLI::App& command, study::Options& options);
/// --drainage, and what goes with it: of a verb that drains on request.
void add_drainage_flag(CLI::App& command, study::Options& options);

} // namespace lapilli::cli
