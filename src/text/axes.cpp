// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/axes.hpp"

#include "core/error.hpp"
#include "text/small_letters.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace lapilli::text {

std::vector<Axis> parse_axes(const std::string& text)
{
    const std::string words = small_letters(text);
    if (words == "all") return {all_axes.begin(), all_axes.end()};
    std::vector<Axis> axes;
    for (const auto part : split(words, ',')) {
        const auto axis = std::find_if(all_axes.begin(), all_axes.end(),
                                       [&](Axis one) { return part.size() == 1 && part.front() == name(one); });
        if (axis == all_axes.end())
            throw input_error("'{}' is not an axis; expected x, y, z, all, or a list such as x,z", text);
        axes.push_back(*axis);
    }
    std::sort(axes.begin(), axes.end());
    axes.erase(std::unique(axes.begin(), axes.end()), axes.end());
    return axes;
}

} // namespace lapilli::text
