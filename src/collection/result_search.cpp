// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/result_search.hpp"

#include "core/error.hpp"
#include "text/natural_order.hpp"
#include "text/system_error.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <filesystem>
#include <set>

namespace lapilli::collection {

namespace {

namespace fs = std::filesystem;

constexpr const char* result_name = "result.json";
constexpr const char* progress_name = "progress.jsonl";
constexpr int deepest = 8;

struct Folder {
    fs::path path;
    int depth;
};

/// The folders in a folder, by name: those that really are there, and links to others.
struct Inside {
    std::vector<fs::path> folders, links;
};

Inside look_into(const fs::path& folder, std::error_code& error)
{
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        entries.push_back(*entry);
    std::sort(entries.begin(), entries.end());
    Inside inside;
    for (const auto& entry : entries) {
        std::error_code ignored; // a link that leads nowhere
        if (entry.is_directory(ignored)) (entry.is_symlink(ignored) ? inside.links : inside.folders).push_back(entry.path());
    }
    return inside;
}

/// Of the folder and all below it those that hold one of these files. Links wait until everything else has been seen: what
/// both a folder and a link lead to has the name of the folder.
template <class Wanted>
Found search(const std::string& name, const Wanted& wanted)
{
    Found found;
    std::set<fs::path> seen;
    std::deque<Folder> folders{{name, 0}}, links;
    while (!folders.empty() || !links.empty()) {
        auto& next = folders.empty() ? links : folders;
        const Folder at = std::move(next.front());
        next.pop_front();
        std::error_code error, none;
        const auto real = fs::canonical(at.path, error);
        if (!error && !seen.insert(real).second) continue;
        const auto holds = [&](const char* file) { return fs::is_regular_file(at.path / file, none); };
        if (std::any_of(std::begin(wanted), std::end(wanted), holds)) found.files.push_back(at.path);
        if (at.depth == deepest) continue;
        const auto inside = error ? Inside() : look_into(at.path, error);
        if (error) found.remarks.push_back(text::system_error("search", at.path.string(), error.value()).what());
        for (const auto& path : inside.folders) folders.push_back({path, at.depth + 1});
        for (const auto& path : inside.links) links.push_back({path, at.depth + 1});
    }
    std::sort(found.files.begin(), found.files.end(), text::natural_less);
    return found;
}

Found results_of(const std::string& name)
{
    std::error_code error;
    const auto status = fs::status(name, error);
    if (error) throw text::system_error("read", name, error.value());
    if (!fs::is_directory(status)) return {.files = {name}, .remarks = {}};
    auto found = search(name, std::array{result_name});
    for (auto& file : found.files) file = fs::path(file) / result_name;
    if (found.files.empty())
        throw input_error("there is no {} in {} or in the folders below it; name a folder that lapilli analyze has written",
                          result_name, name);
    return found;
}

} // namespace

Found find_runs(const std::string& folder) { return search(folder, std::array{result_name, progress_name}); }

Found find_results(const std::vector<std::string>& names)
{
    Found all;
    std::set<fs::path> seen;
    for (const auto& name : names) {
        auto found = results_of(name);
        std::erase_if(found.files, [&](const auto& file) {
            std::error_code error; // a file that is gone again; whoever reads it will say so
            const auto real = fs::canonical(file, error);
            return !error && !seen.insert(real).second;
        });
        all.files.insert(all.files.end(), found.files.begin(), found.files.end());
        all.remarks.insert(all.remarks.end(), found.remarks.begin(), found.remarks.end());
    }
    return all;
}

} // namespace lapilli::collection
