// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/labels.hpp"

#include "core/error.hpp"
#include "text/units.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace lapilli::text {

namespace {

/// "7", or "0:90", the last excluded.
void add_labels(std::string_view part, const std::string& text, std::vector<std::int32_t>& to)
{
    const auto ends = split(part, ':');
    const auto first = number<std::int32_t>(ends.front()), last = number<std::int32_t>(ends.back());
    if (!first || !last || ends.size() > 2 || (ends.size() == 2 && *last <= *first))
        throw input_error("'{}' is not a list of labels; expected integers such as 0 or 0,1, or a range such as 0:90", text);
    const std::int64_t count = ends.size() == 2 ? std::int64_t{*last} - *first : 1;
    if (std::ssize(to) + count > most_labels)
        throw input_error("'{}' names more than {} labels; expected at most {}; segment the image first", text, most_labels,
                          most_labels);
    for (std::int64_t i = 0; i < count; ++i) to.push_back(static_cast<std::int32_t>(*first + i));
}

} // namespace

std::vector<std::int32_t> parse_labels(const std::string& text)
{
    std::vector<std::int32_t> labels;
    for (const auto part : split(text, ',')) add_labels(part, text, labels);
    std::sort(labels.begin(), labels.end());
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    return labels;
}

std::vector<std::int32_t> parse_threshold(const std::string& text)
{
    const auto threshold = number<std::int32_t>(text);
    if (!threshold || *threshold < 1 || *threshold > most_labels)
        throw input_error("'{}' is not a threshold; expected a whole number from 1 to {}, such as 90", text, most_labels);
    return parse_labels("0:" + text);
}

std::map<std::int32_t, double> parse_conductivities(std::span<const std::string> texts)
{
    std::map<std::int32_t, double> conductivities;
    for (const auto& text : texts) {
        const auto parts = split(text, '=');
        const auto label = number<std::int32_t>(parts.front());
        const auto sigma = parts.size() == 2 ? number<double>(with_decimal_point(std::string(parts.back()))) : std::nullopt;
        if (!label || !sigma || !std::isfinite(*sigma) || *sigma <= 0)
            throw input_error(
                "'{}' is not LABEL=CONDUCTIVITY; expected an integer and a finite number above 0, such as 85=0.05", text);
        if (!conductivities.emplace(*label, *sigma).second)
            throw input_error("the label {} has two conductivities; give each label once", *label);
    }
    return conductivities;
}

std::map<std::int64_t, std::int64_t> parse_relabelling(const std::string& text)
{
    std::map<std::int64_t, std::int64_t> labels;
    for (const auto part : split(text, ',')) {
        const auto sides = split(part, '=');
        const auto old = number<std::int64_t>(sides.front()), now = number<std::int64_t>(sides.back());
        if (sides.size() != 2 || !old || !now)
            throw input_error("'{}' is not a list of OLD=NEW labels; expected integers such as 0=1,255=0", text);
        if (!labels.emplace(*old, *now).second)
            throw input_error("'{}' gives the label {} two new ones; give each label once", text, *old);
    }
    return labels;
}

} // namespace lapilli::text
