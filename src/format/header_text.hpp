// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "core/voxel_edges.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::format {

/// Without blanks and ends of lines on either side.
std::string_view trimmed(std::string_view text);

using Fields = std::map<std::string, std::string, std::less<>>;

/// Lines of a key and a value, keys in small letters; the first of several with one key.
Fields fields_of(std::string_view text, char separator);

/// Empty: there is none.
std::string_view field(const Fields& fields, std::string_view key);

/// All of the text is one number.
template <class T>
std::optional<T> read_number(std::string_view text)
{
    T value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Numbers between which stand any of these letters; empty if anything else does, or there are more than an array has axes.
template <class T>
std::vector<T> read_numbers(std::string_view text, std::string_view between = " \t")
{
    constexpr std::size_t most = 32;
    std::vector<T> values;
    for (text.remove_prefix(std::min(text.find_first_not_of(between), text.size())); !text.empty();
         text.remove_prefix(std::min(text.find_first_not_of(between), text.size()))) {
        const auto end = std::min(text.find_first_of(between), text.size());
        const auto read = read_number<T>(text.substr(0, end));
        if (!read || values.size() == most) return {};
        values.push_back(*read);
        text.remove_prefix(end);
    }
    return values;
}

/// The image that an array is, by the lengths of its axes, x first: two or three, others have the length 1. Nothing for
/// other arrays, and for those that are longer than any image.
std::optional<Shape> image_shape(std::vector<std::int64_t> xyz);

/// Edges along x, y and z (two: z is as long as x), where they are lengths.
std::optional<VoxelEdges> voxel_edges(std::span<const double> xyz, double unit_m);

} // namespace lapilli::format
