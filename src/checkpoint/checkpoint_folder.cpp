// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/checkpoint_folder.hpp"

#include "checkpoint/own_files.hpp"
#include "file/atomic_file.hpp"
#include "text/system_error.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

#include <unistd.h>

namespace lapilli::checkpoint {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view ending = ".h5";
constexpr std::string_view rank_mark = ".rank";
constexpr std::int64_t largest = std::int64_t{1} << 53; // far from where one more is none

struct Place {
    std::int64_t epoch = 0, number = 0;
    auto operator<=>(const Place&) const = default;
};

std::optional<std::int64_t> number_in(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0 || number >= largest) return std::nullopt;
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

/// Of a file that this program may have written there, by its name: "3-12.h5" of that itself, of "3-12.h5.rank0" and of
/// either with the tag of a temporary file; nothing for other files.
std::optional<std::string_view> whole_of(std::string_view name)
{
    name = name.substr(0, file::name_without_tag(name));
    if (const auto rank = name.rfind(rank_mark); rank != std::string_view::npos) {
        if (!number_in(name.substr(rank + rank_mark.size()))) return std::nullopt;
        name = name.substr(0, rank);
    }
    const auto dash = name.find('-');
    if (!name.ends_with(ending) || dash == std::string_view::npos || !epoch_of(name)) return std::nullopt;
    const auto words = name.substr(dash + 1, name.size() - dash - 1 - ending.size());
    const bool plain = std::ranges::all_of(words, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
    return words.empty() || !plain ? std::nullopt : std::optional(name);
}

} // namespace

void CheckpointFolder::make() const
{
    std::error_code error;
    fs::create_directory(path_, error);
    if (error) throw text::system_error("make the folder", path_.string(), error.value());
}

void CheckpointFolder::remove() const
{
    for (const auto& name : files()) remove_own(name);
    ::rmdir(path_.c_str()); // stays where it is a link, or has files of others
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
    for (const auto& name : files())
        if (whole_of(name)) newest = std::max(newest, epoch_of(name).value_or(0));
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
    auto names = checkpoints();
    std::erase_if(names, [&](const std::string& name) { return !is_own_checkpoint(path_ / name); });
    for (std::size_t i = 2; i < names.size(); ++i) {
        remove_own(names[i]);
        for (const auto& part : files())
            if (part.starts_with(names[i] + std::string(rank_mark))) remove_own(part);
    }
}

void CheckpointFolder::remove_unfinished() const
{
    for (const auto& name : files()) {
        const bool temporary = file::name_without_tag(name) < name.size();
        const auto whole = whole_of(name);
        if (temporary || (whole && whole->size() < name.size() && !fs::exists(path_ / *whole))) remove_own(name);
    }
}

/// A regular file with a name that only this program gives, or with such a one and its mark.
void CheckpointFolder::remove_own(const std::string& name) const
{
    const auto path = path_ / name;
    const auto whole = whole_of(name);
    std::error_code ignored;
    if (!whole || !fs::is_regular_file(fs::symlink_status(path, ignored))) return;
    if (whole->size() < name.size() || is_own_checkpoint(path)) fs::remove(path, ignored);
}

} // namespace lapilli::checkpoint
