// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/recipe.hpp"

#include "core/error.hpp"
#include "text/units.hpp"
#include "text/words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace lapilli::scan {

namespace {

constexpr std::array<const char*, filters> names{"none", "median7", "median27", "gauss", "perona-malik", "non-local-means"};

/// Finite numbers with commas between; empty: something else.
std::vector<double> numbers(std::string_view text)
{
    std::vector<double> values;
    for (const auto part : text::split(text, ',')) {
        const auto value = text::number<double>(part);
        if (!value || !std::isfinite(*value)) return {};
        values.push_back(*value);
    }
    return values;
}

bool ascending(const std::vector<double>& values)
{
    return std::ranges::adjacent_find(values, std::greater_equal<>()) == values.end();
}

std::string listed(const std::vector<double>& values) { return fmt::format("{}", fmt::join(values, ",")); }

} // namespace

const char* name(Denoise denoise) { return names[static_cast<int>(denoise)]; }

Denoise parse_denoise(const std::string& text)
{
    for (int i = 0; i < filters; ++i)
        if (text == names[i]) return static_cast<Denoise>(i);
    throw input_error("'{}' is not a filter that is known; expected one of {}", text, fmt::join(names, ", "));
}

std::string name(const Threshold& threshold)
{
    if (const auto* otsu = std::get_if<Otsu>(&threshold))
        return otsu->classes == 2 ? "otsu" : fmt::format("multi-otsu:{}", otsu->classes);
    return (std::holds_alternative<Hysteresis>(threshold) ? "hysteresis:" : "") + listed(given_values(threshold));
}

std::vector<double> given_values(const Threshold& threshold)
{
    if (const auto* given = std::get_if<Given>(&threshold)) return given->values;
    if (const auto* both = std::get_if<Hysteresis>(&threshold)) return {both->low, both->high};
    return {};
}

Threshold parse_threshold(const std::string& text)
{
    constexpr int most = 16;
    const auto colon = std::min(text.find_first_of(": "), text.size());
    const auto word = text.substr(0, colon);
    auto values = text.substr(std::min(colon + 1, text.size()));
    std::ranges::replace(values, ' ', ',');
    if (text == "otsu") return Otsu{};
    if (word == "multi-otsu") {
        const auto classes = text::number<int>(values);
        if (!classes || *classes < 2 || *classes > most)
            throw input_error("'{}' does not say how many classes; expected 2 to {}, e.g. multi-otsu:3", text, most);
        return Otsu{*classes};
    }
    if (word == "hysteresis") {
        const auto both = numbers(values);
        if (both.size() != 2 || !ascending(both))
            throw input_error("'{}' has no two thresholds; expected a lower and a higher one, e.g. hysteresis:90,110", text);
        return Hysteresis{both[0], both[1]};
    }
    const Given given{numbers(text)};
    if (given.values.empty() || std::ssize(given.values) >= most || !ascending(given.values))
        throw input_error("'{}' is not a threshold; expected otsu, multi-otsu:3, grey values that ascend, such as 90 or "
                          "90,180, or hysteresis:90,110",
                          text);
    return given;
}

std::optional<Cylinder> parse_cylinder(const std::string& text)
{
    if (text == "auto") return std::nullopt;
    const auto values = numbers(text);
    if (values.size() != 3 || values[2] <= 0)
        throw input_error("'{}' is not a cylinder; expected its axis and radius in voxels, x,y,radius, e.g. 200,200,190, or "
                          "auto",
                          text);
    return Cylinder{values[0], values[1], values[2]};
}

void check(const Recipe& recipe)
{
    if (recipe.watershed && std::holds_alternative<Hysteresis>(recipe.threshold))
        throw input_error("--watershed moves the surfaces between classes, and a hysteresis leaves parts of a class out; "
                          "expected one of them; take another --threshold, or leave --watershed out");
}

nlohmann::ordered_json to_json(const Recipe& recipe, const std::optional<Cylinder>& cylinder)
{
    nlohmann::ordered_json json{{"denoise", name(recipe.denoise)},
                                {"threshold", name(recipe.threshold)},
                                {"watershed", recipe.watershed},
                                {"pore-is", recipe.bright_pores ? "bright" : "dark"},
                                {"islands", recipe.islands},
                                {"holes", recipe.least_pores()},
                                {"cylinder", nullptr}};
    if (cylinder) json["cylinder"] = {cylinder->x, cylinder->y, cylinder->radius};
    return json;
}

} // namespace lapilli::scan
