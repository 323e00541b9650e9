// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/header_text.hpp"

#include "text/small_letters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace lapilli::format {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

Fields fields_of(std::string_view text, char separator)
{
    Fields fields;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto at = line.find(separator);
        if (at != std::string_view::npos)
            fields.emplace(text::small_letters(trimmed(line.substr(0, at))), trimmed(line.substr(at + 1)));
    }
    return fields;
}

std::string_view field(const Fields& fields, std::string_view key)
{
    const auto found = fields.find(key);
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<Shape> image_shape(std::vector<std::int64_t> xyz)
{
    constexpr std::int64_t longest = std::int64_t{1} << 20;             // the cube of which can be counted
    for (auto axis = xyz.end(); axis != xyz.begin() && xyz.size() > 3;) // the slowest first
        if (*--axis == 1) axis = xyz.erase(axis);
    if (xyz.size() == 2) xyz.push_back(1);
    if (xyz.size() != 3 || !std::ranges::all_of(xyz, [](std::int64_t n) { return n >= 1 && n <= longest; }))
        return std::nullopt;
    return Shape{xyz[2], xyz[1], xyz[0]};
}

std::optional<VoxelEdges> voxel_edges(std::span<const double> xyz, double unit_m)
{
    if (xyz.size() < 2 || xyz.size() > 3) return std::nullopt;
    std::array<double, 3> edges{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double edge = xyz[axis < xyz.size() ? axis : 0] * unit_m;
        if (!std::isfinite(edge) || edge <= 0) return std::nullopt;
        const auto decimal = read_number<double>(fmt::format("{:.12g}", edge)); // 5 µm are 5e-6, not 4.9999999999999996e-6
        if (!decimal) return std::nullopt;
        edges[axis] = *decimal;
    }
    return VoxelEdges{.x = edges[0], .y = edges[1], .z = edges[2]};
}

} // namespace lapilli::format
