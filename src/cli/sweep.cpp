// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/sweep.hpp"

#include "cli/measure.hpp"
#include "cli/option.hpp"
#include "cli/sweep_run.hpp"
#include "text/nearest.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <memory>

namespace lapilli::cli {

namespace {

struct SweepOptions {
    std::vector<std::string> vary;
    std::string folder = "sweep";
    bool list = false;
    std::optional<int> index;
};

/// Of the verb, but not of a sweep of it.
constexpr std::array taken_away{"--out", "--json", "--plan"};

void add_options(CLI::App& command, SweepOptions& options)
{
    for (const char* name : taken_away)
        if (auto* option = command.get_option_no_throw(name)) command.remove_option(option);
    command.get_option("--image")
        ->expected(1, CLI::detail::expected_max_vector_size)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->allow_extra_args();
    const Group sweep(command, "Sweep");
    sweep.add_list(
        "--vary", "KEY=VALUES",
        "an option and its values: threshold=80,90, or threshold=80:120:10 (first, last, step); a value with commas "
        "by an option of its own: crop=0:64,:,: and crop=64:128,:,:; repeat it for every combination",
        [&](const auto& texts) { options.vary = texts; });
    sweep.add("-o,--out", "FOLDER", "gets a result folder for each case, and sweep.csv (default: sweep)",
              [&](const std::string& text) { options.folder = text; });
    sweep.add_flag("--list", options.list, "print the cases with their commands, and do nothing");
    sweep.add("--index", "I", "only the case of that index, counted from 0 as in --list, and no sweep.csv",
              [&](const std::string& text) { options.index = parse_number<int>(text); });
}

/// The long name of an option; empty of one that has none.
std::string name_of(const CLI::Option& option) { return option.get_lnames().empty() ? "" : option.get_lnames().front(); }

/// The options of the verb as it is typed without a sweep.
class PlainVerb {
public:
    explicit PlainVerb(const Measurement& measurement) : keep_(add_measurement_options(app_, measurement)) {}

    const CLI::Option* find(const std::string& name) const
    {
        return name.empty() ? nullptr : app_.get_option_no_throw("--" + name);
    }
    std::vector<std::string> that_may_vary() const
    {
        std::vector<std::string> names;
        for (const auto* option : app_.get_options())
            if (may_vary(*option)) names.push_back(name_of(*option));
        return names;
    }
    /// What says where results go, or how it runs, makes no other result.
    static bool may_vary(const CLI::Option& option)
    {
        return !name_of(option).empty() && !option.get_positional() && option.get_group() != "Output" &&
               option.get_group() != "Parallel run" && option.get_group() != "Options";
    }

private:
    CLI::App app_;
    std::shared_ptr<MeasureOptions> keep_;
};

bool is_flag(const CLI::Option& option) { return option.get_items_expected_max() == 0; }

/// @throws Error what cannot vary
void look_up(std::vector<Varied>& all, const PlainVerb& verb)
{
    for (auto& varied : all) {
        const auto* option = verb.find(varied.option);
        if (option != nullptr && PlainVerb::may_vary(*option)) {
            varied.flag = is_flag(*option);
            continue;
        }
        const auto known = verb.that_may_vary();
        const auto near = option == nullptr ? text::nearest(varied.option, known) : "";
        throw input_error("--vary: '{}' cannot vary; {}", varied.option,
                          near.empty() ? fmt::format("expected one of {}", fmt::join(known, ", "))
                                       : fmt::format("did you mean {}?", near));
    }
}

/// What was typed, or stood in a case file, for the verb itself.
std::vector<std::pair<std::string, std::string>> options_of(const CLI::App& command, const PlainVerb& verb)
{
    std::vector<std::pair<std::string, std::string>> options;
    for (const auto* option : command.get_options()) {
        const auto name = name_of(*option);
        const bool known = verb.find(name) != nullptr && name != "out" && name != "image" && name != "help";
        if (!known || option->count() == 0) continue;
        if (is_flag(*option)) {
            if (option->as<bool>()) options.emplace_back(name, "");
            continue;
        }
        for (const auto& value : option->results()) options.emplace_back(name, value);
    }
    return options;
}

Sweep sweep_of(const CLI::App& command, const Measurement& measurement, const SweepOptions& options)
{
    const PlainVerb verb(measurement);
    Sweep sweep{.verb = measurement.verb,
                .images = command.get_option("--image")->results(),
                .options = options_of(command, verb),
                .varied = parse_varied(options.vary),
                .folder = options.folder};
    if (sweep.images.empty()) throw input_error("no IMAGE is given; expected files such as rock.tif, or 'scans/*.tif'");
    look_up(sweep.varied, verb);
    if (options.index && *options.index < 0)
        throw input_error("--index: {} is too small; cases are counted from 0", *options.index);
    return sweep;
}

} // namespace

void add_sweep(CLI::App& app, Verb& chosen, SerialVerb& listed)
{
    auto* sweep = app.add_subcommand("sweep", "Run a verb on many images, or with options that vary, and make one table, "
                                              "e.g. sweep analyze rock.tif --vary threshold=80:120:10");
    sweep->require_subcommand(1);
    for (const auto& measurement : measurements()) {
        if (!measurement.properties.percolation) continue; // it finds nothing
        auto* command = sweep->add_subcommand(measurement.verb, measurement.what);
        const auto options = std::make_shared<SweepOptions>();
        const auto verb = add_measurement_options(*command, measurement);
        add_options(*command, *options);
        command->callback([&chosen, &listed, command, options, verb, &measurement] {
            const auto swept = sweep_of(*command, measurement, *options);
            if (options->list)
                listed = [swept] { return list_sweep(swept); };
            else
                chosen = [swept, index = options->index](const parallel::Communicator& comm) {
                    return run_sweep(comm, swept, index);
                };
        });
    }
}

} // namespace lapilli::cli
