// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/extents.hpp"

#include "core/error.hpp"
#include "text/words.hpp"

#include <map>
#include <string_view>
#include <vector>

namespace lapilli::text {

namespace {

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

std::optional<std::int64_t> parse_header(const std::string& text)
{
    if (text == "auto") return std::nullopt;
    const auto bytes = number<std::int64_t>(text);
    if (bytes && *bytes >= 0) return *bytes;
    throw input_error("'{}' is not the length of a header; expected a number of bytes such as 512, or auto", text);
}

} // namespace lapilli::text
