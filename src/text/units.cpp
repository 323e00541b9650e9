// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/units.hpp"

#include "core/error.hpp"
#include "text/small_letters.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

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

std::string_view trim(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(trim(text.substr(0, end)));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

/// The whole of `text` as a number; nothing if it is anything else or does not fit.
template <class T>
std::optional<T> number(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

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

Shape checked(const Shape& shape, const std::string& text)
{
    constexpr std::int64_t most = std::int64_t{1} << 62;
    constexpr std::int64_t longest = std::int64_t{1} << 21; // coordinates on the Morton curve have 21 bits
    if (shape.nx < 1 || shape.ny < 1 || shape.nz < 1)
        throw input_error("the shape '{}' has an extent below 1; all three must be positive", text);
    if (shape.nx > longest || shape.ny > longest || shape.nz > longest)
        throw input_error("the shape '{}' has an axis above {} voxels; cut the image into parts", text, longest);
    if (shape.ny > most / shape.nx || shape.nz > most / (shape.nx * shape.ny))
        throw input_error("the shape '{}' has more voxels than can be counted; give the extents of one image, NZxNYxNX",
                          text);
    return shape;
}

std::optional<Shape> named_shape(const std::vector<std::string_view>& parts)
{
    std::map<std::string_view, std::int64_t> extents;
    for (const auto part : parts) {
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const auto extent = number<std::int64_t>(trim(part.substr(equals + 1)));
        if (!extent || !extents.emplace(trim(part.substr(0, equals)), *extent).second) return std::nullopt;
    }
    if (extents.size() != 3 || !extents.contains("nx") || !extents.contains("ny") || !extents.contains("nz"))
        return std::nullopt;
    return Shape{extents["nz"], extents["ny"], extents["nx"]};
}

std::optional<Crop> interval(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto left = trim(text.substr(0, colon));
    const auto right = trim(text.substr(colon + 1));
    Crop range;
    if (!left.empty()) {
        const auto first = number<std::int64_t>(left);
        if (!first || *first < 0) return std::nullopt;
        range.first = *first;
    }
    if (!right.empty()) {
        range.last = number<std::int64_t>(right);
        if (!range.last || *range.last <= range.first) return std::nullopt;
    }
    return range;
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

Shape parse_shape(const std::string& text)
{
    if (text.find('=') != std::string::npos) {
        if (const auto shape = named_shape(split(text, ','))) return checked(*shape, text);
    } else if (const auto parts = split(text, text.find('x') != std::string::npos ? 'x' : ','); parts.size() == 3) {
        const auto nz = number<std::int64_t>(parts[0]);
        const auto ny = number<std::int64_t>(parts[1]);
        const auto nx = number<std::int64_t>(parts[2]);
        if (nz && ny && nx) return checked({*nz, *ny, *nx}, text);
    }
    throw input_error("'{}' is not a shape; expected NZxNYxNX such as 100x400x400 (slices x rows x columns), or "
                      "nx=400,ny=400,nz=100",
                      text);
}

std::optional<std::int64_t> parse_header(const std::string& text)
{
    if (text == "auto") return std::nullopt;
    const auto bytes = number<std::int64_t>(text);
    if (bytes && *bytes >= 0) return *bytes;
    throw input_error("'{}' is not the length of a header; expected a number of bytes such as 512, or auto", text);
}

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

PerAxis<Crop> parse_crop(const std::string& text)
{
    const auto parts = split(text, ',');
    if (parts.size() == 3) {
        const auto z = interval(parts[0]);
        const auto y = interval(parts[1]);
        const auto x = interval(parts[2]);
        if (z && y && x) return {*x, *y, *z};
    }
    throw input_error("'{}' is not a region; expected z0:z1,y0:y1,x0:x1 such as 0:100,50:150,: (first:last, last excluded)",
                      text);
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
