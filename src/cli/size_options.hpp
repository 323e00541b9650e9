// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"
#include "results/options.hpp"
#include "study/options.hpp"

namespace lapilli::cli {

/// --of, --convention: of pore sizes. The options must outlive the parsing.
void add_size_options(CLI::App& command, study::Options& options);
/// --axis, --from, --mercury, --fluids, --relative: of drainage.
void add_drainage_options(CLI::App& command, study::Options& options);
/// --labels, --boundary: of interfaces.
void add_interface_options(CLI::App& command, study::Options& options);
/// --axis, --solve: of the representative volume.
void add_rev_options(CLI::App& command, study::Options& options);
/// --drainage, --relative, --rev: what a verb measures on request.
void add_on_request(CLI::App& command, study::Options& options);

/// --alpha, --fields, --export: of pore networks.
void add_network_options(CLI::App& command, study::Options& options, results::Options& output);

} // namespace lapilli::cli
