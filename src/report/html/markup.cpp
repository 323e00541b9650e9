// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/html/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

namespace lapilli::report::html {

namespace {

constexpr const char* nothing = "–";
constexpr const char* thin_space = "\u202f";
constexpr const char* no_break = "\u00a0";

std::string superscript(int exponent)
{
    constexpr const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string text = exponent < 0 ? "⁻" : "";
    for (const char c : std::to_string(std::abs(exponent))) text += digits[c - '0'];
    return text;
}

/// Thin spaces from 10 000 on, and a minus that is one.
std::string typeset(const std::string& plain)
{
    const bool negative = plain.starts_with('-');
    const auto point = std::min(plain.find('.'), plain.size());
    const std::size_t first = negative ? 1 : 0, count = point - first;
    std::string text = negative ? "−" : "";
    for (std::size_t i = first; i < plain.size(); ++i) {
        if (count > 4 && i > first && i < point && (point - i) % 3 == 0) text += thin_space;
        text += plain[i];
    }
    return text;
}

/// "1.33e-12" as "1.33 × 10⁻¹²".
std::string with_power(double value, int digits)
{
    const auto text = fmt::format("{:.{}e}", value, digits - 1);
    const auto e = text.find('e');
    return typeset(text.substr(0, e)) + no_break + "×" + no_break + "10" + superscript(std::atoi(text.c_str() + e + 1));
}

} // namespace

std::string escaped(std::string_view text)
{
    // names of files need not be UTF-8, pages must be
    const std::string clean = Json(std::string(text)).dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string out;
    for (const char c : Json::parse(clean).get<std::string>()) {
        switch (c) {
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '&':
            out += "&amp;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string script_json(const Json& json)
{
    std::string out;
    for (const char c : json.dump(-1, ' ', false, Json::error_handler_t::replace)) {
        if (c == '<')
            out += "\\u003c";
        else
            out += c;
    }
    return out;
}

std::string figures(const std::optional<double>& value, int digits)
{
    if (!value || !std::isfinite(*value)) return nothing;
    if (*value == 0) return "0";
    const double size = std::abs(*value);
    if (size < 1e-3 || size >= 1e9) return with_power(*value, std::min(digits, 3));
    return typeset(fmt::format("{:.{}f}", *value, std::max(0, digits - 1 - static_cast<int>(std::floor(std::log10(size))))));
}

std::string whole(const std::optional<double>& value)
{
    return value && std::isfinite(*value) ? typeset(fmt::format("{:.0f}", *value)) : nothing;
}

std::string percents(const std::optional<double>& part)
{
    if (!part || !std::isfinite(*part)) return nothing;
    if (*part > 0 && *part < 1e-5) return fmt::format("<{}0.001{}%", no_break, no_break);
    constexpr double two_digits = 0.095;
    return figures(100 * *part, std::abs(*part) < two_digits ? 1 : 2) + no_break + "%";
}

std::string duration(double seconds)
{
    constexpr double long_s = 5400, minutes_s = 99.5, whole_s = 9.95;
    if (seconds >= long_s) return figures(seconds / 3600, 2) + no_break + "h";
    if (seconds >= minutes_s) {
        const auto whole = std::lround(seconds);
        return fmt::format("{}{}min {}{}s", whole / 60, no_break, whole % 60, no_break);
    }
    return (seconds >= whole_s ? fmt::format("{:.0f}", seconds) : figures(seconds, 2)) + no_break + "s";
}

std::string listed(const std::vector<std::string>& words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
        text += words[i];
    }
    return text;
}

std::string unbroken(std::string_view words)
{
    std::string text;
    for (const char c : words) text += c == ' ' ? no_break : std::string(1, c);
    return text;
}

std::string sentence_from(const std::string& words)
{
    if (words.empty()) return words;
    const auto first = words.substr(0, words.find(' '));
    const bool is_word = std::ranges::all_of(first, [](unsigned char c) { return std::islower(c) != 0; }); // not a path
    const bool ends = std::string_view(".!?:").find(words.back()) != std::string_view::npos;
    return (is_word ? titled(first) + words.substr(first.size()) : words) + (ends ? "" : ".");
}

std::string titled(std::string_view key)
{
    std::string text(key);
    std::ranges::replace(text, '_', ' ');
    if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

const Json* find(const Json& json, const std::string& place)
{
    const Json::json_pointer at(place);
    return json.contains(at) ? &json.at(at) : nullptr;
}

std::optional<double> number_at(const Json& json, const std::string& place)
{
    const auto* value = find(json, place);
    return value != nullptr && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
}

std::string text_at(const Json& json, const std::string& place)
{
    const auto* value = find(json, place);
    return value != nullptr && value->is_string() ? value->get<std::string>() : "";
}

bool is_true(const Json& json, const std::string& place)
{
    const auto* value = find(json, place);
    return value != nullptr && value->is_boolean() && value->get<bool>();
}

} // namespace lapilli::report::html
