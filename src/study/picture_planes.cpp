// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/picture_planes.hpp"

#include "picture/base64.hpp"
#include "picture/png.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>

namespace lapilli::study {

namespace {

using nlohmann::ordered_json;
using Chords = std::map<std::int64_t, std::int64_t>; ///< number of each length

constexpr std::int64_t most_pixels = 512;

ordered_json hex_colours(const std::vector<picture::Colour>& palette)
{
    ordered_json json = ordered_json::array();
    for (const auto& colour : palette) json.push_back(picture::hex(colour));
    return json;
}

std::string base64_png(const picture::Indexed& indexed)
{
    return picture::base64(picture::png(indexed, picture::Effort::thorough));
}

picture::Indexed thinned(const GatheredPlane<std::uint8_t>& plane, std::int64_t step,
                         const std::vector<picture::Colour>& palette)
{
    picture::Indexed indexed{.width = static_cast<int>((plane.width + step - 1) / step),
                             .height = static_cast<int>((plane.height + step - 1) / step),
                             .palette = palette};
    for (std::int64_t row = 0; row < plane.height; row += step)
        for (std::int64_t column = 0; column < plane.width; column += step)
            indexed.pixels.push_back(plane.values[row * plane.width + column]);
    return indexed;
}

/// Adds the runs of one line of voxels. @param stride  from one voxel of the line to the next
void add_runs(std::span<const std::uint8_t> values, std::int64_t first, std::int64_t count, std::int64_t stride,
              Chords& chords)
{
    std::int64_t run = 0;
    for (std::int64_t i = 0; i <= count; ++i) {
        if (i < count && values[first + i * stride] != 0) {
            ++run;
            continue;
        }
        if (run > 0) ++chords[run];
        run = 0;
    }
}

/// Of how many voxels one is shown, so that no picture has more than 512 along an edge.
std::int64_t step_of(const Shape& shape)
{
    return (std::max({shape.nx, shape.ny, shape.nz}) + most_pixels - 1) / most_pixels;
}

/// {"x": [{"index": 200, "png": base64}, ...], "y": ..., "z": ...}: of every `step`-th voxel.
ordered_json planes_json(const std::vector<GatheredPlane<std::uint8_t>>& planes, std::int64_t step,
                         const std::vector<picture::Colour>& palette)
{
    ordered_json json = ordered_json::object();
    for (const auto& plane : planes)
        json[std::string(1, name(plane.plane.normal))].push_back(
            {{"index", plane.plane.index}, {"png", base64_png(thinned(plane, step, palette))}});
    return json;
}

/// The lengths of runs of pores along the rows and columns of planes: {"x": [[length, number], ...], ...}, lengths
/// ascending.
ordered_json chords_json(const std::vector<GatheredPlane<std::uint8_t>>& planes)
{
    PerAxis<Chords> chords;
    for (const auto& [plane, width, height, values] : planes) {
        for (std::int64_t row = 0; row < height; ++row) add_runs(values, row * width, width, 1, chords[plane.across()]);
        for (std::int64_t column = 0; column < width; ++column)
            add_runs(values, column, height, width, chords[plane.down()]);
    }
    ordered_json json = ordered_json::object();
    for (const Axis axis : all_axes)
        for (const auto& [length, number] : chords[axis]) json[std::string(1, name(axis))].push_back({length, number});
    return json;
}

/// Cubes as one picture of tiles, a tile for each plane across z.
ordered_json volume_json(const image::PoreShares& shares)
{
    const auto& shape = shares.shape;
    const std::int64_t columns = std::ceil(std::sqrt(shape.nz)), rows = (shape.nz + columns - 1) / columns;
    const std::int64_t width = columns * shape.nx;
    std::vector<std::uint8_t> tiles(width * rows * shape.ny);
    for (std::int64_t z = 0; z < shape.nz; ++z)
        for (std::int64_t y = 0; y < shape.ny; ++y)
            std::copy_n(shares.shares.begin() + (z * shape.ny + y) * shape.nx, shape.nx,
                        tiles.begin() + (z / columns * shape.ny + y) * width + z % columns * shape.nx);
    const auto png =
        picture::grey_png(static_cast<int>(width), static_cast<int>(rows * shape.ny), tiles, picture::Effort::thorough);
    return {{"shape", {shape.nz, shape.ny, shape.nx}},
            {"edge", shares.edge},
            {"columns", columns},
            {"png", picture::base64(png)}};
}

} // namespace

std::vector<std::int64_t> places_along(std::int64_t voxels, int most)
{
    const std::int64_t parts = std::min<std::int64_t>(voxels, most);
    std::vector<std::int64_t> places;
    for (std::int64_t i = 0; i < parts; ++i) places.push_back((2 * i + 1) * voxels / (2 * parts));
    return places;
}

bool has_planes_across(const Shape& shape, Axis normal)
{
    const image::Plane plane{normal};
    return shape.along(plane.across()) > 1 && shape.along(plane.down()) > 1;
}

ordered_json image_json(const ImagePictures& pictures)
{
    const auto palette = picture::palette_of_labels(pictures.phases);
    const auto step = step_of(pictures.shape);
    ordered_json profile = ordered_json::object();
    for (const Axis axis : all_axes) profile[std::string(1, name(axis))] = pictures.profile[axis];
    ordered_json json{{"step", step},
                      {"colours", hex_colours(palette)},
                      {"planes", planes_json(pictures.planes, step, palette)},
                      {"profile", std::move(profile)},
                      {"chords", chords_json(pictures.planes)}};
    if (!pictures.shares.shares.empty()) json["volume"] = volume_json(pictures.shares);
    return json;
}

picture::Scale scale_of_potential(const std::vector<GatheredPlane<float>>& planes, Boundary boundary)
{
    picture::Scale scale{.table = picture::Table::viridis};
    if (boundary == Boundary::sealed) return scale;
    scale = {.low = std::numeric_limits<double>::infinity(), .high = -std::numeric_limits<double>::infinity()};
    for (const auto& plane : planes)
        for (const float value : plane.values)
            if (value == value) {
                scale.low = std::min<double>(scale.low, value);
                scale.high = std::max<double>(scale.high, value);
            }
    if (!(scale.low < scale.high)) return {};
    return scale;
}

picture::Scale scale_of_speed() { return {.table = picture::Table::inferno, .low = 0.01, .high = 10, .log = true}; }

ordered_json field_json(const std::vector<GatheredPlane<float>>& planes, const picture::Scale& scale, const Shape& shape)
{
    std::vector<GatheredPlane<std::uint8_t>> coloured;
    for (const auto& [plane, width, height, values] : planes) {
        auto& indices = coloured.emplace_back(GatheredPlane<std::uint8_t>{plane, width, height, {}}).values;
        for (const float value : values) indices.push_back(scale.index_of(value));
    }
    const auto palette = picture::palette_of(scale.table);
    const auto step = step_of(shape);
    return {{"low", scale.low},
            {"high", scale.high},
            {"log", scale.log},
            {"step", step},
            {"colours", hex_colours(palette)},
            {"planes", planes_json(coloured, step, palette)}};
}

} // namespace lapilli::study
