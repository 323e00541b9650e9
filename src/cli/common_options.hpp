// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"
#include "results/options.hpp"
#include "study/options.hpp"

#include <string>

namespace lapilli::cli {

/// -o/--out, --replace, --json, --quiet.
void add_output_options(CLI::App& command, results::Options& options);
/// --report, of verbs that write a result folder of their own accord.
void add_report_option(CLI::App& command, results::Options& options);
/// --fields.
void add_fields_option(CLI::App& command, study::Options& options);
/// --checkpoint-every, --resume.
void add_checkpoint_options(CLI::App& command, checkpoint::Options& checkpoints);
/// --force.
void add_force_option(CLI::App& command, study::Options& options);
/// --axis. The options must outlive the parsing. @param help  along which what is measured
void add_axis_option(CLI::App& command, study::Options& options, const std::string& help);
/// --boundary, of verbs that solve nothing. @param help  what both kinds mean
void add_boundary_option(CLI::App& command, study::Options& options, const std::string& help);
/// The same of verbs that look at connected pores.
void add_boundary_option(CLI::App& command, study::Options& options);
/// --axis, --boundary, --accuracy; the accuracy that is usual for the verb stands in its help.
void add_method_options(CLI::App& command, study::Options& options, const std::string& usual_accuracy);
/// --plan, --axis, --boundary, --accuracy, --max-iterations, --checkpoint-every, --resume.
void add_solver_options(CLI::App& command, study::Options& options, checkpoint::Options& checkpoints,
                        const std::string& usual_accuracy);
/// --conductivity, instead of --pore.
void add_conductivity_option(CLI::App& command, study::Options& options);
/// --walls.
void add_flow_options(CLI::App& command, study::Options& options);
/// --refine, --blocks, --segmentation.
void add_grid_options(CLI::App& command, study::Options& options);

/// What no option can know alone, once all are known. @throws Error
void check_together(const CLI::App& command);

} // namespace lapilli::cli
