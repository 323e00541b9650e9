// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/shell/complete.hpp"

#include "cli/option.hpp"
#include "cli/shell/offers.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace lapilli::cli {

namespace {

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

bool may_come_again(const CLI::Option& option)
{
    return option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
}

/// The names of an option, the long ones first: "--out" and "-o".
std::vector<std::string> names_of(const CLI::Option& option)
{
    std::vector<std::string> names;
    for (const auto& name : option.get_lnames()) names.push_back("--" + name);
    for (const auto& name : option.get_snames()) names.push_back("-" + name);
    return names;
}

const CLI::Option* option_called(const CLI::App& command, const std::string& word)
{
    for (const auto* option : command.get_options()) {
        const auto names = names_of(*option);
        if (std::find(names.begin(), names.end(), word) != names.end()) return option;
    }
    return nullptr;
}

const CLI::App* verb_called(const CLI::App& command, const std::string& word)
{
    for (const auto* verb : command.get_subcommands({}))
        if (verb->get_name() == word) return verb;
    return nullptr;
}

/// Where a command line stands before its last word.
struct Place {
    const CLI::App* command;
    const CLI::Option* waiting = nullptr; ///< for its value
    std::vector<const CLI::Option*> given{};
    std::size_t arguments = 0;

    void pass(const std::string& word)
    {
        if (waiting != nullptr) {
            waiting = nullptr;
        } else if (word.starts_with('-') && word.size() > 1) {
            const auto equals = word.find('=');
            const auto* option = option_called(*command, word.substr(0, equals));
            if (option == nullptr) return;
            given.push_back(option);
            if (equals == std::string::npos && takes_value(*option)) waiting = option;
        } else if (const auto* verb = verb_called(*command, word)) {
            *this = Place{verb};
        } else {
            ++arguments;
        }
    }
};

/// bash takes `--axis=x` and `a:b` apart into three words; together they are one again.
std::vector<std::string> put_together(const std::vector<std::string>& words)
{
    std::vector<std::string> whole;
    bool goes_on = false;
    for (const auto& word : words) {
        const bool joint = word == "=" || word == ":";
        if (!whole.empty() && (joint || goes_on))
            whole.back() += word;
        else
            whole.push_back(word);
        goes_on = joint;
    }
    return whole;
}

/// The argument that comes next; null where none does.
const CLI::Option* next_argument(const CLI::App& command, std::size_t given)
{
    std::vector<const CLI::Option*> arguments;
    for (const auto* option : command.get_options())
        if (option->get_positional()) arguments.push_back(option);
    if (arguments.empty()) return nullptr;
    if (given < arguments.size()) return arguments[given];
    return may_come_again(*arguments.back()) || arguments.back()->get_items_expected_max() > 1 ? arguments.back() : nullptr;
}

Offers option_offers(const Place& at)
{
    Offers offers;
    for (const auto* option : at.command->get_options()) {
        const bool given = std::find(at.given.begin(), at.given.end(), option) != at.given.end();
        if (given && !may_come_again(*option)) continue;
        for (const auto& name : names_of(*option)) offers.words.push_back({name, option->get_description()});
    }
    return offers;
}

Offers verb_offers(const CLI::App& command)
{
    Offers offers;
    for (const auto* verb : command.get_subcommands({})) offers.words.push_back({verb->get_name(), verb->get_description()});
    return offers;
}

/// With the name of the option before the value, where both are one word: "--axis=x".
Offers behind_equals(const Place& at, const std::string& word, std::size_t equals)
{
    const auto* option = option_called(*at.command, word.substr(0, equals));
    if (option == nullptr || !takes_value(*option)) return {};
    auto offers = offers_for(offer_of(*option), word.substr(equals + 1));
    for (auto& [text, help] : offers.words) text.insert(0, word, 0, equals + 1);
    return offers;
}

Offers offers_at(const Place& at, const std::string& word)
{
    if (at.waiting != nullptr) return offers_for(offer_of(*at.waiting), word);
    if (const auto equals = word.find('='); word.starts_with("--") && equals != std::string::npos)
        return behind_equals(at, word, equals);
    if (word.starts_with('-')) return option_offers(at);
    if (!at.command->get_subcommands({}).empty()) return verb_offers(*at.command);
    const auto* argument = next_argument(*at.command, at.arguments);
    return argument == nullptr ? Offers{} : offers_for(offer_of(*argument), word);
}

} // namespace

std::string complete(const CLI::App& app, const std::vector<std::string>& words)
{
    const bool bash = !words.empty() && words.front() == "bash";
    std::vector<std::string> typed(words.begin() + !words.empty(), words.end());
    const auto last = typed.empty() || typed.back() == "=" || typed.back() == ":" ? std::string() : typed.back();
    if (bash) typed = put_together(typed);
    if (typed.empty()) typed.emplace_back();

    Place at{.command = &app};
    for (auto word = typed.begin(); word + 1 != typed.end(); ++word) at.pass(*word);
    const auto& word = typed.back();
    const std::size_t kept = bash ? word.size() - last.size() : 0; // bash leaves what is before the last of the three
    const auto offers = offers_at(at, word);
    std::string lines;
    for (const auto& [text, help] : offers.words)
        if (text.starts_with(word)) lines += text.substr(kept) + "\t" + help + "\n";
    return lines + ":" + offers.rest + "\n";
}

} // namespace lapilli::cli
