// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/compare.hpp"

#include "cli/option.hpp"
#include "collection/comparison.hpp"
#include "collection/result_search.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cmath>
#include <iostream>
#include <memory>

namespace lapilli::cli {

namespace {

struct CompareOptions {
    std::string a, b;
    collection::ComparisonOptions how;
    bool json = false;
};

/// "1e-6" for all, "tortuosity=1e-6" for one.
collection::Tolerance parse_tolerance(const std::string& text)
{
    const auto cut = text.rfind('=');
    const auto number = cut == std::string::npos ? text : text.substr(cut + 1);
    const collection::Tolerance tolerance{.key = cut == std::string::npos ? "" : text.substr(0, cut),
                                          .relative = parse_number<double>(number)};
    if (!(tolerance.relative >= 0) || !std::isfinite(tolerance.relative) || cut == 0)
        throw input_error("'{}' is not a tolerance; expected a number from 0 on, relative, such as 1e-6 or tortuosity=1e-6",
                          text);
    return tolerance;
}

void add_options(CLI::App& command, CompareOptions& options)
{
    for (const auto& [name, folder] : {std::pair("A", &options.a), std::pair("B", &options.b)}) {
        auto* argument = command.add_option(name, *folder, "result folder or result.json, e.g. rock.lapilli");
        argument->type_name("")->group("Results");
        offer(*argument, "runs");
    }
    const Group judge(command, "Verdict");
    judge.add_list("--tolerance", {"REL"},
                   "how far numbers may be apart, relative: of all results, e.g. 1e-6, or of those under a key, e.g. "
                   "tortuosity=1e-3; repeat it (default: the errors that both results state, together)",
                   [&](const auto& texts) {
                       options.how.tolerances.clear();
                       for (const auto& text : texts) options.how.tolerances.push_back(parse_tolerance(text));
                   });
    judge.add_flag("--bits", options.how.bits,
                   "everything must have the same bits, also iterations, residuals and the like");
    const Group output(command, "Output");
    output.add_flag(
        "--all", options.how.all,
        "also list what differs of how the results were found, and of times, memory, hosts, paths, versions, settings");
    output.add_flag("--json", options.json, "print the comparison as one JSON object and nothing else");
}

/// The one result that a name means.
results::ResultFile read(const std::string& name)
{
    const auto found = collection::find_results({name});
    if (found.files.size() > 1)
        throw input_error("{} has {} results; expected one; name it, e.g. {}", name, found.files.size(),
                          found.files.front());
    return results::read_result(found.files.front());
}

ExitCode compare(const CompareOptions& options)
{
    const auto found = collection::compare(read(options.a), read(options.b), options.how);
    // names of files need not be UTF-8, JSON must be
    std::cout << (options.json
                      ? collection::to_json(found).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"
                      : collection::to_table(found));
    return found.equal() ? ExitCode::done : ExitCode::failed;
}

} // namespace

void add_compare(CLI::App& app, SerialVerb& chosen)
{
    const auto options = std::make_shared<CompareOptions>();
    auto* command = app.add_subcommand(
        "compare",
        "Compare two results, number by number; exit code 1 where they differ, e.g. compare old.lapilli new.lapilli");
    add_options(*command, *options);
    command->callback([&chosen, options] {
        if (options->a.empty() || options->b.empty())
            throw input_error("two results are compared; expected two folders, e.g. compare old.lapilli new.lapilli");
        if (options->how.bits && !options->how.tolerances.empty())
            throw input_error("--bits leaves no room for a --tolerance; expected one of them; leave one out");
        chosen = [options] { return compare(*options); };
    });
}

} // namespace lapilli::cli
