// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/run_id.hpp"

#include "serve/answer.hpp"

#include <algorithm>

namespace lapilli::serve {

namespace {

constexpr std::size_t longest_part = 128, longest = 512;

bool of_plain_letters(const std::string& name)
{
    return std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    });
}

/// The same with its parts between other signs; nothing where one of them cannot be.
std::optional<std::string> joined_otherwise(const std::string& text, char from, char to)
{
    if (text.size() > longest) return std::nullopt;
    std::string joined;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(from, begin), text.size());
        const auto part = text.substr(begin, end - begin);
        if (part.empty() || part.size() > longest_part || part[0] == '.' || !of_plain_letters(part)) return std::nullopt;
        joined += (begin == 0 ? "" : std::string(1, to)) + part;
        begin = end + 1;
    }
    return joined;
}

} // namespace

std::optional<std::string> id_of(const std::string& folder) { return joined_otherwise(folder, '/', '~'); }

std::string folder_of(const std::string& id)
{
    const auto folder = joined_otherwise(id, '~', '/');
    if (!folder) throw refusal(404, "there is no such run; its name may have letters, digits, '.', '_', '-' and '~'");
    return *folder;
}

} // namespace lapilli::serve
