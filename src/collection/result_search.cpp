// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/result_search.hpp"

#include "core/error.hpp"
#include "text/natural_order.hpp"
#include "text/system_error.hpp"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <set>

namespace lapilli::collection {

namespace {

namespace fs = std::filesystem;

constexpr const char* result_name = "result.json";
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

/// All results in a folder and below it. Links wait until everything else has been seen: a result that both a folder and a
/// link lead to has the name of the folder.
Found search(const std::string& name)
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
        if (fs::is_regular_file(at.path / result_name, none)) found.files.push_back(at.path / result_name);
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
    auto found = search(name);
    if (found.files.empty())
        throw input_error("there is no {} in {} or in the folders below it; name a folder that lapilli analyze has written",
                          result_name, name);
    return found;
}

} // namespace

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
