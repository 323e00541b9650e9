// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/voxel.hpp"

#include "core/error.hpp"
#include "text/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace lapilli::text {

namespace {

std::vector<std::string> split(const std::string& text, char separator)
{
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(separator, at), text.size());
        parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

Error wrong(const std::string& text)
{
    return input_error(
        "'{}' is not the size of a voxel; expected one length, such as 2um, or three along x, y and z, such as "
        "2um,2um,4um or x=2um,y=2um,z=4um",
        text);
}

VoxelEdges named(const std::vector<std::string>& parts, const std::string& text)
{
    std::array<std::optional<double>, 3> edges;
    for (const auto& part : parts) {
        const auto letter = part.find_first_not_of(' ');
        const auto equals = part.find('=');
        const auto axis = letter == std::string::npos ? std::string::npos : std::string_view("xyzXYZ").find(part[letter]);
        if (equals == std::string::npos || axis == std::string::npos || part.find_first_not_of(' ', letter + 1) != equals)
            throw wrong(text);
        auto& edge = edges[axis % 3];
        if (edge) throw wrong(text);
        edge = parse_length(part.substr(equals + 1));
    }
    if (!edges[0] || !edges[1] || !edges[2]) throw wrong(text);
    return {*edges[0], *edges[1], *edges[2]};
}

/// "2x2x4um": numbers before the last x have its unit. Nothing if the text has another form.
std::optional<VoxelEdges> with_one_unit(const std::string& text)
{
    auto parts = split(text, 'x');
    if (parts.size() != 3) return std::nullopt;
    const auto number_end = parts[2].find_last_of("0123456789.");
    if (number_end == std::string::npos) return std::nullopt;
    const auto unit = parts[2].substr(number_end + 1);
    for (std::size_t i = 0; i < 2; ++i)
        if (parts[i].find_last_of("0123456789.") == parts[i].find_last_not_of(' ')) parts[i] += unit;
    return VoxelEdges{parse_length(parts[0]), parse_length(parts[1]), parse_length(parts[2])};
}

} // namespace

VoxelEdges parse_voxel(const std::string& text)
{
    if (text.find('=') != std::string::npos) return named(split(text, ','), text);
    if (const auto parts = split(text, ','); parts.size() == 3)
        return {parse_length(parts[0]), parse_length(parts[1]), parse_length(parts[2])};
    if (const auto edges = with_one_unit(text)) return *edges;
    const auto words = with_decimal_point(text);
    if (words.find_first_of(",x") != std::string::npos) throw wrong(text);
    return VoxelEdges::cube(parse_length(words));
}

std::string typed_voxel(const VoxelEdges& edges)
{
    if (edges.cubic()) return fmt::format("{}m", edges.x);
    return fmt::format("x={}m,y={}m,z={}m", edges.x, edges.y, edges.z);
}

} // namespace lapilli::text
