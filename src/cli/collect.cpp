// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/collect.hpp"

#include "cli/new_file.hpp"
#include "cli/option.hpp"
#include "collection/collection.hpp"
#include "collection/result_search.hpp"
#include "file/atomic_file.hpp"
#include "terminal/messages.hpp"
#include "terminal/terminal.hpp"
#include "text/text_table.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace lapilli::cli {

namespace {

namespace fs = std::filesystem;

struct CollectOptions {
    std::vector<std::string> from;
    std::vector<std::string> out; ///< files to write
    bool json = false;
    bool force = false; ///< write over files that are there
};

void add_options(CLI::App& command, CollectOptions& options)
{
    auto* from = command.add_option(
        "RESULTS", options.from,
        "result folders, folders that contain some up to eight levels below, or result.json files, e.g. runs");
    from->type_name("")->group("Results");
    offer(*from, "runs");
    const Group output(command, "Output");
    output.add_list("-o,--out", {"FILE", "endings .csv .json"},
                    "table to write: .csv, all digits and quantities, or .json, the results whole; repeat it for both",
                    [&](const auto& files) { options.out = files; });
    add_force_option(output, options.force);
    output.add_flag("--json", options.json, "print the results as one JSON object and nothing else");
}

bool is_csv(const fs::path& file) { return file.extension() == ".csv"; }

/// What the options do not show one by one.
void check_options(const CollectOptions& options)
{
    if (options.from.empty())
        throw input_error("no results are given; expected result folders, or folders that contain some, e.g. runs");
    for (const fs::path file : options.out) {
        if (!is_csv(file) && file.extension() != ".json")
            throw input_error("--out: {} is not a table that can be written; expected FILE.csv or FILE.json", file.string());
        if (file.filename() == "result.json")
            throw input_error("--out: {} has the name of a single result, so the next search would take it for one; choose "
                              "another name, e.g. runs.json",
                              file.string());
    }
}

/// A table is not to take the place of a result that goes into it.
void check_targets(const CollectOptions& options, const std::vector<std::string>& files)
{
    std::error_code ignored;
    for (const auto& target : options.out)
        for (const auto& file : files)
            if (fs::equivalent(target, file, ignored))
                throw input_error("--out: {} is one of the results; choose another name", target);
}

/// Those that can be read, with a warning for each of the others.
collection::Collection read(const std::vector<std::string>& files)
{
    collection::Collection collection;
    for (const auto& file : files) {
        try {
            collection.push_back(results::read_result(file));
        } catch (const Error& error) {
            terminal::print_warning(fmt::format("{}; it is left out", error.what()));
            continue;
        }
        if (!collection.back().converged)
            terminal::print_warning(
                fmt::format("{} has solves that did not converge: their values are the best so far", file));
    }
    return collection;
}

ExitCode collect(const CollectOptions& options)
{
    const auto found = collection::find_results(options.from);
    check_targets(options, found.files);
    for (const auto& file : options.out) require_new_file(file, options.force);
    for (const auto& remark : found.remarks) terminal::print_warning(remark);
    const auto collection = read(found.files);
    if (collection.empty())
        throw input_error("there is no table, since none of the result files can be used; mend what the warnings name");
    // names of files need not be UTF-8, JSON must be
    const auto json = [&] {
        return collection::to_json(collection).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    };
    const auto columns = std::min(terminal::terminal_columns(), text::usual_columns);
    const auto show = [&] {
        std::cout << (options.json ? json() : collection::to_table(collection, columns)) << std::flush;
    };
    try {
        for (const auto& file : options.out) file::write_file(file, is_csv(file) ? collection::to_csv(collection) : json());
    } catch (...) { // what a full disk does not take is shown all the same
        show();
        throw;
    }
    show();
    if (!options.json)
        for (const auto& file : options.out) std::cout << "table in " << file << '\n';
    const bool whole = collection.size() == found.files.size() && found.remarks.empty();
    return whole ? ExitCode::done : ExitCode::failed;
}

} // namespace

void add_collect(CLI::App& app, SerialVerb& chosen)
{
    const auto options = std::make_shared<CollectOptions>();
    auto* command =
        app.add_subcommand("collect", "Merge the results of many runs into one table, e.g. collect runs -o runs.csv");
    add_options(*command, *options);
    command->callback([&chosen, options] {
        check_options(*options);
        chosen = [options] { return collect(*options); };
    });
}

} // namespace lapilli::cli
