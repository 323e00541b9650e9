// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/report.hpp"

#include "cli/option.hpp"
#include "results/report_file.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace lapilli::cli {

void add_report(CLI::App& app, SerialVerb& chosen)
{
    const auto folders = std::make_shared<std::vector<std::string>>();
    auto* command = app.add_subcommand(
        "report", "Write report.html into result folders, also of runs that have not finished, e.g. report rock.lapilli");
    auto* argument = command->add_option("FOLDER", *folders, "result folders, e.g. rock.lapilli");
    argument->type_name("")->group("Results");
    offer(*argument, "runs");
    command->callback([&chosen, folders] {
        if (folders->empty()) throw input_error("no result folder is given; expected one such as rock.lapilli");
        chosen = [folders] {
            for (const auto& folder : *folders)
                std::cout << "report in " << results::write_report(folder, results::MissingPictures::of_fields) << std::endl;
            return ExitCode::done;
        };
    });
}

} // namespace lapilli::cli
