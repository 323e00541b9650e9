// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace lapilli::cli {

namespace {

/// Number of letters to insert, delete or change (Levenshtein).
std::size_t distance(const std::string& a, const std::string& b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j)
            diagonal = std::exchange(row[j + 1], std::min({row[j + 1] + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)}));
    }
    return row.back();
}

std::string nearest(const std::string& word, const std::vector<std::string>& known)
{
    const auto best = std::min_element(known.begin(), known.end(), [&](const std::string& a, const std::string& b) {
        return distance(word, a) < distance(word, b);
    });
    return best == known.end() ? std::string{} : *best;
}

std::vector<std::string> flags_of(const CLI::App& command)
{
    std::vector<std::string> flags;
    for (const auto* option : command.get_options())
        for (const auto& flag : option->get_lnames()) flags.push_back("--" + flag);
    return flags;
}

}  // namespace

std::string explain(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv)
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    std::vector<std::string> verbs;
    for (const auto* command : app.get_subcommands({})) verbs.push_back(command->get_name());
    const auto* command = app.get_subcommands().empty() ? nullptr : app.get_subcommands().front();
    if (command == nullptr) {
        const auto word = std::find_if(words.begin(), words.end(), [](const std::string& w) { return !w.starts_with("-"); });
        if (word == words.end()) return "no verb was given; expected one such as analyze; see lapilli --help";
        return fmt::format("'{}' is not a verb; did you mean '{}'? see lapilli --help", *word, nearest(*word, verbs));
    }
    const auto known = flags_of(*command);
    for (const auto& word : words) {
        if (!word.starts_with("--") || word == "--") continue;
        const auto flag = word.substr(0, word.find('='));
        if (std::find(known.begin(), known.end(), flag) == known.end())
            return fmt::format("{} has no flag {}; did you mean {}? see lapilli {} --help", command->get_name(), flag,
                               nearest(flag, known), command->get_name());
    }
    std::string what = error.what();
    std::replace(what.begin(), what.end(), '\n', ' ');
    return fmt::format("{}; see lapilli {} --help", what, command->get_name());
}

}  // namespace lapilli::cli
