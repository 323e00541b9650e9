// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/shell/offers.hpp"

#include "text/natural_order.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace lapilli::cli {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string_view>;

void add_each(Offers& offers, const std::string& before, const Words& words)
{
    for (const auto word : words) offers.words.push_back({before + std::string(word), ""});
}

/// "x," goes on with those that it does not have.
void add_list(Offers& offers, const std::string& value, Words words)
{
    const auto comma = value.rfind(',');
    const auto before = value.substr(0, comma == std::string::npos ? 0 : comma + 1);
    const auto had = text::split(before, ',');
    std::erase_if(words, [&](auto word) { return std::find(had.begin(), had.end(), word) != had.end(); });
    add_each(offers, before, words);
}

/// "2" goes on with "2nm", "2um".
void add_units(Offers& offers, const std::string& value, const Words& units)
{
    const auto number = value.substr(0, value.find_last_of("0123456789") + 1);
    if (!number.empty()) add_each(offers, number, units);
}

/// "rock" goes on with "rock.tif", unless it has an ending.
void add_endings(Offers& offers, const std::string& value, const Words& endings)
{
    const auto name = value.substr(value.rfind('/') + 1);
    if (!name.empty() && name.find('.', 1) == std::string::npos) add_each(offers, value, endings);
}

/// What is in a folder whose name a shell would read as a user's own.
fs::path at_home(const std::string& folder)
{
    const char* home = std::getenv("HOME");
    return folder.starts_with("~/") && home != nullptr ? home + folder.substr(1) : folder;
}

/// The folders of runs beside what is typed.
void add_runs(Offers& offers, const std::string& value)
{
    constexpr std::size_t most = 1000; // nobody reads more
    const auto before = value.substr(0, value.rfind('/') + 1);
    std::error_code error, none;
    std::vector<std::string> runs;
    for (fs::directory_iterator entry(before.empty() ? "." : at_home(before), error), end;
         !error && entry != end && runs.size() < most; entry.increment(error))
        if (fs::exists(entry->path() / "result.json", none) || fs::exists(entry->path() / "progress.jsonl", none))
            runs.push_back(before + entry->path().filename().string());
    std::sort(runs.begin(), runs.end(), text::natural_less);
    for (const auto& run : runs) offers.words.push_back({run, "a run"});
}

} // namespace

Offers offers_for(const std::string& what, const std::string& value)
{
    auto words = text::split(what, ' ');
    const std::string kind(words.front());
    words.erase(words.begin());
    Offers offers;
    if (kind == "words") add_each(offers, "", words);
    if (kind == "list") add_list(offers, value, words);
    if (kind == "units") add_units(offers, value, words);
    if (kind == "endings") add_endings(offers, value, words);
    if (kind == "runs") add_runs(offers, value);
    if (kind == "files" || kind == "endings") offers.rest = "files";
    if (kind == "folders" || kind == "runs") offers.rest = "folders";
    return offers;
}

} // namespace lapilli::cli
