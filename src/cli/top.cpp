// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/top.hpp"

#include "cli/option.hpp"
#include "top/top.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace lapilli::cli {

void add_top(CLI::App& app, SerialVerb& chosen)
{
    const auto options = std::make_shared<top::Options>();
    auto* command = app.add_subcommand("top", "What the runs in a folder are doing, live until q is pressed, e.g. top runs");
    auto* folder = command->add_option("DIR", options->folder,
                                       "result folder, or folder that contains some up to eight levels below (default: .)");
    folder->type_name("")->group("Runs");
    offer(*folder, "runs");
    const Group output(*command, "Output");
    output.add_flag("--once", options->once, "print the table once, as where no terminal is");
    output.add_flag("--json", options->json, "print it once as JSON and nothing else");
    command->callback([&chosen, options] { chosen = [options] { return top::show_runs(*options); }; });
}

} // namespace lapilli::cli
