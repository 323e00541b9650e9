// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/axes.hpp"

#include "core/error.hpp"
#include "text/small_letters.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace lapilli::text {

namespace {

/// Of one letter.
std::optional<Axis> axis_of(std::string_view word)
{
    const auto* const axis = std::find_if(all_axes.begin(), all_axes.end(),
                                          [&](Axis one) { return word.size() == 1 && word.front() == name(one); });
    return axis == all_axes.end() ? std::nullopt : std::optional(*axis);
}

} // namespace

std::vector<Axis> parse_axes(const std::string& text)
{
    const std::string words = small_letters(text);
    if (words == "all") return {all_axes.begin(), all_axes.end()};
    std::vector<Axis> axes;
    for (const auto part : split(words, ',')) {
        const auto axis = axis_of(part);
        if (!axis) throw input_error("'{}' is not an axis; expected x, y, z, all, or a list such as x,z", text);
        axes.push_back(*axis);
    }
    std::sort(axes.begin(), axes.end());
    axes.erase(std::unique(axes.begin(), axes.end()), axes.end());
    return axes;
}

PerAxis<Axis> parse_axis_order(const std::string& text)
{
    const std::string words = small_letters(text);
    const auto at = [&](std::size_t place) {
        return axis_of(std::string_view(words).substr(std::min(place, words.size()), 1));
    };
    const auto z = at(0), y = at(1), x = at(2);
    if (words.size() != 3 || !z || !y || !x || *z == *y || *y == *x || *x == *z)
        throw input_error(
            "'{}' is not an order of axes; expected x, y and z once each, such as xyz, where zyx changes nothing", text);
    return {*x, *y, *z};
}

std::pair<Axis, int> parse_quarter_turns(const std::string& text)
{
    const auto parts = split(text, ':');
    const auto axis = axis_of(small_letters(parts.front()));
    const auto turns = parts.size() == 2 ? number<int>(parts.back()) : 1;
    if (!axis || !turns || *turns < 1 || *turns > 3 || parts.size() > 2)
        throw input_error("'{}' is not a turn; expected an axis, or an axis and how often, such as z or z:3 (1, 2 or 3)",
                          text);
    return {*axis, *turns};
}

} // namespace lapilli::text
