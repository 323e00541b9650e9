// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/checkpoint_folder.hpp"

#include "io/sentence.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace lapilli::io {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view ending = ".h5";

struct Place {
    std::int64_t epoch = 0, number = 0;
    auto operator<=>(const Place&) const = default;
};

std::optional<std::int64_t> number_in(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

std::optional<std::int64_t> epoch_of(std::string_view name) { return number_in(name.substr(0, name.find('-'))); }

/// Of a checkpoint, "3-12.h5"; nothing for other files.
std::optional<Place> place_of(std::string_view name)
{
    const auto dash = name.find('-');
    if (!name.ends_with(ending) || dash == std::string_view::npos) return std::nullopt;
    const auto epoch = epoch_of(name), number = number_in(name.substr(dash + 1, name.size() - dash - 1 - ending.size()));
    if (!epoch || !number) return std::nullopt;
    return Place{*epoch, *number};
}

} // namespace

void CheckpointFolder::make() const
{
    std::error_code error;
    fs::create_directory(path_, error);
    if (error) throw system_error("make the folder", path_.string(), error.value());
}

void CheckpointFolder::remove() const
{
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

bool CheckpointFolder::holds_anything() const { return !files().empty(); }

std::vector<std::string> CheckpointFolder::files() const
{
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(path_, error), end; !error && entry != end; entry.increment(error))
        names.push_back(entry->path().filename().string());
    return names;
}

std::vector<std::string> CheckpointFolder::checkpoints() const
{
    auto names = files();
    std::erase_if(names, [](const std::string& name) { return !place_of(name); });
    std::sort(names.begin(), names.end(),
              [](const std::string& a, const std::string& b) { return *place_of(a) > *place_of(b); });
    return names;
}

std::int64_t CheckpointFolder::newest_epoch() const
{
    std::int64_t newest = 0;
    for (const auto& name : files()) newest = std::max(newest, epoch_of(name).value_or(0));
    return newest;
}

std::string CheckpointFolder::checkpoint_name(std::int64_t epoch, std::int64_t number)
{
    return fmt::format("{}-{}{}", epoch, number, ending);
}

std::string CheckpointFolder::field_name(std::int64_t epoch, const std::string& step)
{
    std::string words = step;
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c == ' ' || c == ','; }, '_');
    return fmt::format("{}-{}{}", epoch, words, ending);
}

void CheckpointFolder::keep_two() const
{
    const auto names = checkpoints();
    for (std::size_t i = 2; i < names.size(); ++i) remove_file(names[i]);
}

void CheckpointFolder::remove_unfinished() const
{
    for (const auto& name : files()) {
        const auto rank = name.find(".rank");
        const bool orphan = rank != std::string::npos && !fs::exists(path_ / name.substr(0, rank));
        std::error_code ignored;
        if (orphan || name.find(".tmp-") != std::string::npos) fs::remove(path_ / name, ignored);
    }
}

/// With the files of ranks that belong to it.
void CheckpointFolder::remove_file(const std::string& name) const
{
    std::error_code ignored;
    fs::remove(path_ / name, ignored);
    for (const auto& other : files())
        if (other.starts_with(name + ".rank")) fs::remove(path_ / other, ignored);
}

} // namespace lapilli::io
