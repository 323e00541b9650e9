// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/voxel.hpp"

#include "core/error.hpp"
#include "text/units.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace lapilli::text {

namespace {

Error wrong(const std::string& text)
{
    return input_error(
        "'{}' is not the size of a voxel; expected one length, such as 2um, or three along x, y and z, such as "
        "2um,2um,4um or x=2um,y=2um,z=4um",
        text);
}

double length_of(std::string_view part) { return parse_length(std::string(part)); }

VoxelEdges named(const std::vector<std::string_view>& parts, const std::string& text)
{
    std::array<std::optional<double>, 3> edges;
    for (const auto part : parts) {
        const auto equals = part.find('=');
        const auto axis = part.empty() ? std::string::npos : std::string_view("xyzXYZ").find(part.front());
        if (equals == std::string::npos || axis == std::string::npos || part.find_first_not_of(' ', 1) != equals)
            throw wrong(text);
        auto& edge = edges[axis % 3];
        if (edge) throw wrong(text);
        edge = length_of(part.substr(equals + 1));
    }
    if (!edges[0] || !edges[1] || !edges[2]) throw wrong(text);
    return {*edges[0], *edges[1], *edges[2]};
}

/// "2x2x4um": numbers before the last x have its unit. Nothing if the text has another form.
std::optional<VoxelEdges> with_one_unit(const std::string& text)
{
    const auto parts = split(text, 'x');
    if (parts.size() != 3) return std::nullopt;
    const auto number_end = [](std::string_view part) { return part.find_last_of("0123456789.") + 1; };
    if (number_end(parts[2]) == 0) return std::nullopt;
    const auto unit = parts[2].substr(number_end(parts[2]));
    const auto with_unit = [&](std::string_view part) {
        return parse_length(fmt::format("{}{}", part, number_end(part) == part.size() ? unit : ""));
    };
    return VoxelEdges{with_unit(parts[0]), with_unit(parts[1]), length_of(parts[2])};
}

} // namespace

VoxelEdges parse_voxel(const std::string& text)
{
    if (text.find('=') != std::string::npos) return named(split(text, ','), text);
    if (const auto parts = split(text, ','); parts.size() == 3)
        return {length_of(parts[0]), length_of(parts[1]), length_of(parts[2])};
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
