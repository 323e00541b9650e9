// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/command_line.hpp"

#include "cli/common_options.hpp"
#include "cli/option.hpp"
#include "cli/shell/complete.hpp"
#include "cli/shell/texts.hpp"
#include "cli/version_text.hpp"
#include "text/nearest.hpp"
#include "text/units.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace lapilli::cli {

namespace {

constexpr const char* description = "lapilli: from a 3-D image of a porous material to its transport properties.\n"
                                    "Without mpirun it starts itself on all physical cores of this machine.";
constexpr const char* examples = "Examples:\n"
                                 "  lapilli info rock.tif\n"
                                 "  lapilli analyze rock.tif --voxel 2um --out rock.lapilli\n"
                                 "  lapilli analyze case.toml --accuracy 1e-6\n"
                                 "  lapilli sweep analyze rock.tif --vary threshold=80:120:10 -o sweep\n"
                                 "  lapilli collect runs -o runs.csv\n"
                                 "  lapilli diffusivity rock.raw --shape 400x400x400 --type u8 --voxel 5.345um --json\n"
                                 "`lapilli VERB --help` lists the options of a verb.";

void add_launch_options(CLI::App& command, launch::LaunchOptions& options)
{
    const Group launch(command, "Parallel run");
    launch.add("--ranks", "N", "start on N ranks; 1: without mpirun (default: one for each physical core)",
               [&](const std::string& text) { options.ranks = parse_count(text); });
    launch.add("--expect-ranks", "N", "fail at once, with exit code 75, unless there are N ranks, e.g. 4",
               [&](const std::string& text) { options.expect_ranks = parse_count(text); });
    launch.add("--expect-hosts", "N", "the same for the number of machines, e.g. 2",
               [&](const std::string& text) { options.expect_hosts = parse_count(text); });
    launch.add("--grace", {"TIME", "units s min h"},
               "that a run which is asked to stop, by Ctrl-C or a signal, has for a last checkpoint (default: 20s)",
               [&](const std::string& text) { options.grace_s = text::parse_duration(text); });
}

/// Help in which further words are called what the messages call them.
std::shared_ptr<CLI::Formatter> help_format(const char* further_word)
{
    auto format = std::make_shared<CLI::Formatter>();
    format->column_width(34);
    format->label("SUBCOMMAND", further_word);
    return format;
}

std::vector<CLI::App*> verbs_of(CLI::App& command)
{
    return command.get_subcommands([](CLI::App*) { return true; });
}

/// Whether its further words are kinds of images, not verbs.
bool has_kinds(const CLI::App& command) { return command.get_name() == "generate"; }

/// The verbs that do the work get the options of every verb; `generate` and `sweep` only have further verbs.
void add_launch_options_to_verbs(CLI::App& command, launch::LaunchOptions& launch)
{
    const auto verbs = verbs_of(command);
    if (verbs.empty()) add_launch_options(command, launch);
    for (auto* verb : verbs) add_launch_options_to_verbs(*verb, launch);
}

/// What the help calls the verbs, and their further verbs.
void name_verbs(CLI::App& command)
{
    const auto verbs = verbs_of(command);
    const bool kinds = has_kinds(command);
    if (!verbs.empty()) command.formatter(help_format(kinds ? "KIND" : "VERB"));
    for (auto* verb : verbs) {
        verb->group(kinds ? "Kinds" : "Verbs");
        name_verbs(*verb);
    }
}

/// The last verb that was typed.
const CLI::App& innermost(const CLI::App& app)
{
    const auto typed = app.get_subcommands();
    return typed.empty() ? app : innermost(*typed.front());
}

/// "lapilli generate tube"
std::string full_name(const CLI::App& command)
{
    return (command.get_parent() != nullptr ? full_name(*command.get_parent()) + " " : "") + command.get_name();
}

/// "; did you mean --shape? see `lapilli info --help`"
std::string advice(const CLI::App& command, const std::string& word = {}, const std::vector<std::string>& known = {})
{
    const std::string near = text::nearest(word, known);
    return fmt::format(";{} see `{} --help`", near.empty() ? near : " did you mean " + near + "?", full_name(command));
}

Error unknown_verb(const CLI::App& command, const std::string& word)
{
    std::vector<std::string> names;
    for (const auto* verb : command.get_subcommands({})) names.push_back(verb->get_name());
    const char* noun = has_kinds(command) ? "kind" : "verb";
    if (word.empty())
        return input_error("{} needs a {}; expected one of {}{}", full_name(command), noun, fmt::join(names, ", "),
                           advice(command));
    return input_error("'{}' is not a {} of {}{}", word, noun, full_name(command), advice(command, word, names));
}

Error unknown_option(const CLI::App& command, const std::string& word)
{
    std::vector<std::string> names;
    for (const auto* option : command.get_options())
        for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    const std::string name = word.substr(0, word.find('='));
    const std::string with_dashes = name.starts_with("--") ? name : "-" + name; // -axis
    if (std::find(names.begin(), names.end(), name) != names.end())
        return input_error("{0} stands before {1}, to which it belongs; put it behind: `{2} {0} ...`", name,
                           command.get_name(), full_name(command));
    return input_error("{} has no option {}{}", full_name(command), name, advice(command, with_dashes, names));
}

/// "--voxel: 1 required LENGTH missing" and "--voxel: At Most 1 required but received 2" of CLI11, said plainly.
Error wrong_count(const CLI::App& command, const std::string& what)
{
    const bool missing = what.ends_with("missing");
    return input_error("{} {}{}", what.substr(0, what.find(':')), missing ? "needs a value" : "is given more than once",
                       advice(command));
}

/// What CLI11 refuses, as a sentence of this program. Words that nothing took explain more than what is missing without
/// them.
Error refusal_of(const CLI::App& app, const CLI::ParseError& error)
{
    const CLI::App& command = innermost(app);
    const auto words = app.remaining(true);
    const auto option =
        std::find_if(words.begin(), words.end(), [](const auto& word) { return word.size() > 1 && word.starts_with("-"); });
    const bool ends_here = command.get_subcommands([](const CLI::App*) { return true; }).empty();
    if (!ends_here && (words.empty() || option != words.begin()))
        return unknown_verb(command, words.empty() ? "" : words.front());
    if (option != words.end()) return unknown_option(command, *option);
    if (!words.empty()) return input_error("the argument '{}' is one too many{}", words.front(), advice(command));
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) return wrong_count(command, error.what());
    return input_error("{}{}", error.what(), advice(command));
}

/// CLI11 takes the next word for the value that is missing in "--out=". @throws Error one has none
void require_values(std::span<const char* const> words)
{
    for (const std::string word : words) {
        const auto place = word.find('=');
        if (!word.starts_with("--") || place + 1 != word.size()) continue;
        try {
            require_value("");
        } catch (const Error& error) {
            throw OptionError(word.substr(0, place), error);
        }
    }
}

/// A verb reads its case file when all its words are known, and before it makes anything of them.
void read_case_files(CLI::App& app, const CaseReader& read)
{
    for (auto* verb : verbs_of(app)) {
        if (!verbs_of(*verb).empty()) {
            read_case_files(*verb, read);
            continue;
        }
        verb->parse_complete_callback([&read, verb] {
            if (const auto path = case_argument(*verb); !path.empty()) apply(read(path), *verb);
            check_together(*verb);
        });
    }
}

void add_everything(CLI::App& app, Request& request, const CaseReader& read)
{
    app.set_version_flag("--version", version_text, "versions of the program and its libraries");
    app.get_formatter()->column_width(34);
    app.require_subcommand(1);
    add_verbs(app, request.verb, request.serial_verb);
    add_launch_options_to_verbs(app, request.launch);
    add_serial_verbs(app, request.serial_verb); // which start no ranks
    add_texts(app, request.serial_verb);
    read_case_files(app, read);
    name_verbs(app);
    app.footer(examples); // after the verbs, which would inherit it
}

} // namespace

Request read_command_line(int argc, const char* const* argv, const CaseReader& read)
{
    Request request;
    CLI::App app(description, "lapilli");
    add_everything(app, request, read);
    if (argc > 1 && argv[1] == std::string_view(complete_verb)) {
        request.text = complete(app, {argv + 2, argv + argc});
        return request;
    }
    try {
        require_values({argv, argv + argc});
        app.parse(argc, argv);
    } catch (const CLI::CallForVersion& version) {
        request.text = version.what();
    } catch (const CLI::Success&) {
        request.text = app.help();
    } catch (const CLI::ParseError& error) {
        request.refusal = refusal_of(app, error);
    } catch (const Error& error) {
        request.refusal = error;
    }
    return request;
}

} // namespace lapilli::cli
