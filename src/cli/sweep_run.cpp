// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/sweep_run.hpp"

#include "cli/common_options.hpp"
#include "cli/measure.hpp"
#include "collection/collection.hpp"
#include "file/atomic_file.hpp"
#include "parallel/resources.hpp"
#include "terminal/messages.hpp"
#include "text/text_table.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace lapilli::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* table_name = "sweep.csv";
constexpr const char* first_own_columns = "result_path,converged,"; // behind those that vary

/// The verb that the words of a case ask for. @throws Error
Verb verb_of(const Case& one, std::ostream& out)
{
    CLI::App app;
    Verb chosen;
    add_measurements(app, chosen, {.command = one.command(), .keep = true, .out = &out});
    for (auto* verb : app.get_subcommands([](CLI::App*) { return true; }))
        verb->parse_complete_callback([verb] { check_together(*verb); });
    try {
        app.parse(std::vector<std::string>(one.words.rbegin(), one.words.rend())); // which it takes from the back
    } catch (const CLI::ParseError& error) {
        throw input_error("{}: {}; see `lapilli {} --help`", one.name, error.what(), one.words.front());
    } catch (const Error& error) {
        throw Error(error.code(), one.name.empty() ? error.what() : fmt::format("{}: {}", one.name, error.what()));
    }
    return chosen;
}

/// How a case has ended; the sentence says why it has no results.
struct Outcome {
    ExitCode code = ExitCode::done;
    std::string sentence{};

    bool has_results() const { return code == ExitCode::done || code == ExitCode::not_converged; }
};

Outcome attempt(const parallel::Communicator& comm, const Verb& verb)
{
    try {
        return {.code = verb(comm)};
    } catch (const parallel::AgreedError& error) {
        if (error.code() == ExitCode::stopped) throw;
        return {.code = error.code(), .sentence = error.what()};
    }
}

/// When the result of a case was written; nothing where there is none.
std::optional<fs::file_time_type> written(const Case& one)
{
    std::error_code error;
    const auto time = fs::last_write_time(fs::path(one.folder) / "result.json", error);
    return error ? std::nullopt : std::optional(time);
}

/// What may go well another time comes first.
ExitCode worst(const std::vector<Outcome>& outcomes)
{
    ExitCode code = ExitCode::done;
    for (const auto& outcome : outcomes) {
        if (outcome.code == ExitCode::failed) return ExitCode::failed;
        code = std::max(code, outcome.code);
    }
    return code;
}

/// @throws Error a file of others has the name of the table
void check_table(const Sweep& sweep)
{
    const auto path = fs::path(sweep.folder) / table_name;
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(path, ignored))) return;
    std::string line;
    if (fs::is_regular_file(path, ignored)) std::getline(std::ifstream(path), line);
    if (line.find(first_own_columns) == std::string::npos)
        throw input_error("{} was not written by lapilli, and would be lost; name another folder with --out, or move the "
                          "file away",
                          path.string());
}

/// Rank 0.
void write_table(const Sweep& sweep, const std::vector<Case>& cases, const std::vector<Outcome>& outcomes)
{
    collection::Collection results;
    std::vector<collection::LeadColumn> lead;
    for (const auto& name : varied_names(sweep)) lead.push_back({.name = name, .cells = {}});
    for (std::size_t i = 0; i < cases.size(); ++i) {
        if (!outcomes[i].has_results()) continue;
        results.push_back(results::read_result((fs::path(cases[i].folder) / "result.json").string()));
        for (std::size_t c = 0; c < lead.size(); ++c) lead[c].cells.push_back(cases[i].values[c]);
    }
    if (results.empty()) return;
    const auto path = fs::path(sweep.folder) / table_name;
    file::write_file(path, collection::to_csv(results, lead));
    std::cout << "table in " << path.string() << std::endl;
}

/// What people have to look at. Rank 0.
void say_failures(const std::vector<Case>& cases, const std::vector<Outcome>& outcomes)
{
    std::size_t failed = 0;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const auto& [code, sentence] = outcomes[i];
        if (code == ExitCode::not_converged)
            terminal::print_warning(fmt::format("{}: has not converged: its values are the best so far", cases[i].name));
        if (outcomes[i].has_results()) continue;
        ++failed;
        terminal::print_warning(fmt::format("{}: {}", cases[i].name, sentence));
    }
    if (failed > 0)
        terminal::print_error(fmt::format("{} of {} cases failed; mend what the warnings say: the same command does these "
                                          "alone",
                                          failed, cases.size()));
}

/// A case as it is done: what others print meanwhile stands between its name and how it ended, where that is to be said.
/// Only rank 0 speaks.
Outcome show(const parallel::Communicator& comm, const Case& one, const std::string& number, const Verb& verb)
{
    const auto before = written(one);
    if (comm.is_root()) std::cout << number << "  " << one.name << std::endl;
    const auto outcome = attempt(comm, verb);
    if (!comm.is_root()) return outcome;
    if (before && written(one) == before && outcome.has_results()) std::cout << "  was there already" << std::endl;
    if (!outcome.has_results()) std::cout << "  failed" << std::endl;
    return outcome;
}

/// The files that the words for images mean, found by one rank for all. Collective.
void find_images(const parallel::Communicator& comm, Sweep& sweep)
{
    std::istringstream found(comm.on_root([&] {
        std::string names;
        for (const auto& image : images_of(sweep.images)) names += image + '\0';
        return names;
    }));
    sweep.images.clear();
    for (std::string image; std::getline(found, image, '\0');) sweep.images.push_back(image);
}

ExitCode run_all(const parallel::Communicator& comm, const Sweep& sweep, const std::vector<Case>& cases,
                 const std::vector<Verb>& verbs)
{
    std::vector<Outcome> outcomes;
    comm.together([&] {
        if (comm.is_root()) check_table(sweep);
    });
    for (std::size_t i = 0; i < cases.size(); ++i) {
        outcomes.push_back(show(comm, cases[i], fmt::format("{} of {}", i + 1, cases.size()), verbs[i]));
        parallel::forget_memory();
    }
    comm.together([&] {
        if (!comm.is_root()) return;
        write_table(sweep, cases, outcomes);
        say_failures(cases, outcomes);
    });
    return worst(outcomes);
}

} // namespace

ExitCode run_sweep(const parallel::Communicator& comm, Sweep sweep, std::optional<int> index)
{
    find_images(comm, sweep);
    std::ostream nowhere(nullptr);
    std::vector<Case> cases;
    std::vector<Verb> verbs;
    comm.together([&] {
        cases = cases_of(sweep);
        for (const auto& one : cases) verbs.push_back(verb_of(one, index ? std::cout : nowhere));
        if (index && std::cmp_greater_equal(*index, cases.size()))
            throw input_error("--index {} is too large for {} cases, which are counted from 0; `--list` shows them", *index,
                              cases.size());
    });
    if (!index) return run_all(comm, sweep, cases, verbs);
    const auto outcome = show(comm, cases[*index], fmt::format("index {}", *index), verbs[*index]);
    if (outcome.has_results()) return outcome.code;
    throw parallel::AgreedError(outcome.code, outcome.sentence);
}

ExitCode list_sweep(Sweep sweep)
{
    sweep.images = images_of(sweep.images);
    const auto cases = cases_of(sweep);
    std::vector<text::TextColumn> columns{
        {.cells = {"index"}}, {.cells = {"case"}, .to_the_right = false}, {.cells = {"command"}, .to_the_right = false}};
    std::ostream nowhere(nullptr);
    for (const auto& one : cases) {
        verb_of(one, nowhere);
        columns[0].cells.push_back(std::to_string(columns[0].cells.size() - 1));
        columns[1].cells.push_back(one.name);
        columns[2].cells.push_back(one.command());
    }
    std::cout << text::text_table(columns);
    return ExitCode::done;
}

} // namespace lapilli::cli
