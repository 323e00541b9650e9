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

std::vector<std::int32_t> parse_labels(const std::string& text)
{
    std::vector<std::int32_t> labels;
    for (const auto part : split(text, ',')) {
        const auto label = number<std::int32_t>(part);
        if (!label) throw input_error("'{}' is not a list of labels; expected integers such as 0 or 0,1", text);
        labels.push_back(*label);
    }
    std::sort(labels.begin(), labels.end());
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    return labels;
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

} // namespace lapilli::text
