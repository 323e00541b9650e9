// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/range.hpp"

#include "text/words.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace lapilli::serve {

namespace {

constexpr std::string_view unit = "bytes=";

struct Ends {
    std::optional<std::int64_t> first, last;
};

/// Nothing where it is not written as a range is.
std::optional<Ends> read_ends(std::string_view text)
{
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto number = [](std::string_view digits, std::optional<std::int64_t>& value) {
        if (digits.empty()) return true;
        value = text::number<std::int64_t>(digits);
        return value && *value >= 0 && digits[0] != '-';
    };
    Ends ends;
    if (!number(text.substr(0, dash), ends.first) || !number(text.substr(dash + 1), ends.last)) return std::nullopt;
    if (!ends.first && !ends.last) return std::nullopt;
    if (ends.first && ends.last && *ends.last < *ends.first) return std::nullopt;
    return ends;
}

} // namespace

void cut_to_range(Answer& answer, const std::string& range)
{
    if (!range.starts_with(unit)) return;
    const auto text = std::string_view(range).substr(unit.size());
    const auto size = answer.file->size;
    if (text.find(',') != std::string_view::npos)
        throw refusal(416, "several ranges are asked for at once, but one is given at a time; ask for each of them");
    const auto ends = read_ends(text);
    if (!ends) return;
    const auto first = ends->first ? *ends->first : std::max<std::int64_t>(0, size - *ends->last);
    const auto last = ends->first && ends->last ? std::min(*ends->last, size - 1) : size - 1;
    if (first >= size || (!ends->first && *ends->last == 0))
        throw refusal(416, "the range begins beyond the end of the file, which has {} bytes", size);
    answer.status = 206;
    answer.heads.emplace_back("Content-Range", fmt::format("bytes {}-{}/{}", first, last, size));
    answer.file->first = first;
    answer.file->size = last - first + 1;
}

} // namespace lapilli::serve
