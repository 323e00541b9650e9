// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/units.hpp"

#include "core/error.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

namespace lapilli::text {

namespace {

struct Unit {
    std::string_view name;
    int exponent; ///< in metres: 10^exponent
};

constexpr std::array<Unit, 7> units{{{"nm", -9},
                                     {"um", -6},
                                     {"\u00b5m", -6}, // micro sign
                                     {"\u03bcm", -6}, // Greek mu: keyboards give either
                                     {"mm", -3},
                                     {"cm", -2},
                                     {"m", 0}}};

/// The number at the beginning of `text` and where it ends.
std::pair<std::optional<double>, std::string_view> leading_number(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return {std::nullopt, text};
    return {value, trim(text.substr(end - text.data()))};
}

/// The double nearest to the decimal number, as if it had been typed so: 5.345 * 1e-6 is another one than 5.345e-6.
double times_power_of_ten(double value, int exponent)
{
    const std::string digits = fmt::format("{}", value);
    const auto e = digits.find('e');
    if (e != std::string::npos) exponent += std::stoi(digits.substr(e + 1));
    return number<double>(fmt::format("{}e{}", digits.substr(0, e), exponent)).value_or(0);
}

} // namespace

double parse_length(const std::string& text)
{
    const auto [value, unit] = leading_number(trim(text));
    if (!value) throw input_error("'{}' is not a length; expected a number with its unit, such as 5.345um or 2e-6m", text);
    if (!std::isfinite(*value) || *value <= 0)
        throw input_error("the length '{}' must be a finite number above 0, such as 5.345um", text);
    constexpr double largest_in_metres = 1e-3; // so small a number is no count of micrometres
    if (unit.empty() && *value <= largest_in_metres) return *value;
    if (unit.empty())
        throw input_error("the length '{}' has no unit; write it with one of nm, um, mm, cm, m, such as {}um", text, text);
    const auto known =
        std::find_if(units.begin(), units.end(), [&, word = unit](const Unit& one) { return one.name == word; });
    if (known == units.end())
        throw input_error("the length '{}' has the unknown unit '{}'; use one of nm, um, mm, cm, m", text, unit);
    const double metres = times_power_of_ten(*value, known->exponent);
    if (!std::isfinite(metres) || metres <= 0)
        throw input_error("the length '{}' is too small or too large to be one; expected something like 5.345um", text);
    return metres;
}

std::string with_decimal_point(const std::string& text)
{
    const auto is_digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    const auto comma = text.find(',');
    const bool only = comma != std::string::npos && comma > 0 && text.find(',', comma + 1) == std::string::npos &&
                      text.find('.') == std::string::npos;
    std::string words = text;
    if (only && is_digit(comma - 1) && is_digit(comma + 1)) words[comma] = '.';
    return words;
}

double parse_duration(const std::string& text)
{
    constexpr std::array<std::pair<std::string_view, double>, 4> seconds{{{"ms", 1e-3}, {"s", 1}, {"min", 60}, {"h", 3600}}};
    const auto words = with_decimal_point(text);
    const auto [value, unit] = leading_number(trim(words));
    const auto known =
        std::find_if(seconds.begin(), seconds.end(), [wanted = unit](const auto& s) { return s.first == wanted; });
    if (!value || !std::isfinite(*value) || *value < 0 || *value > 1e9 || known == seconds.end())
        throw input_error("'{}' is not a time; expected a number and ms, s, min or h, e.g. 60s", text);
    return *value * known->second;
}

} // namespace lapilli::text
