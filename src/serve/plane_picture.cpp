// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/plane_picture.hpp"

#include "picture/png.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lapilli::serve {

namespace {

constexpr double decades = 1e-4; // of a logarithmic scale whose begin nobody names

/// Least and largest value of the pores of a plane; with `positive`, of those above zero.
std::pair<double, double> limits_of(const field::Plane& plane, bool positive)
{
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (std::size_t i = 0; i < plane.values.size(); ++i) {
        const double value = plane.values[i];
        if ((!plane.pores.empty() && plane.pores[i] == 0) || !std::isfinite(value) || (positive && value <= 0)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    return low <= high ? std::pair(low, high) : std::pair(0.0, 1.0);
}

} // namespace

field::Plane thinned(const field::Plane& plane, std::int64_t most)
{
    const auto step = (std::max(plane.rows, plane.columns) + most - 1) / most;
    if (step <= 1) return plane;
    field::Plane thin{.rows = (plane.rows + step - 1) / step, .columns = (plane.columns + step - 1) / step};
    for (std::int64_t row = 0; row < plane.rows; row += step)
        for (std::int64_t column = 0; column < plane.columns; column += step) {
            const auto at = row * plane.columns + column;
            thin.values.push_back(plane.values[at]);
            if (!plane.pores.empty()) thin.pores.push_back(plane.pores[at]);
        }
    return thin;
}

picture::Scale scale_for(const field::Plane& plane, const field::StoredField& field, int component,
                         const WantedScale& wanted)
{
    const auto [low, high] = limits_of(plane, wanted.log);
    const auto of_field = [&](const std::vector<double>& values, double otherwise) {
        if (std::ssize(values) != field.components || (field.components > 1 && component < 0)) return otherwise;
        return values[component < 0 ? 0 : component];
    };
    picture::Scale scale{.table = wanted.colours == "inferno" ? picture::Table::inferno : picture::Table::viridis,
                         .low = wanted.low.value_or(of_field(field.min, low)),
                         .high = wanted.high.value_or(of_field(field.max, high)),
                         .log = wanted.log};
    if (scale.log && scale.high <= 0) scale.log = false;
    if (scale.log && scale.low <= 0) scale.low = scale.high * decades;
    if (!(scale.high > scale.low)) scale.high = scale.low + (scale.low == 0 ? 1 : std::abs(scale.low));
    return scale;
}

std::string picture_of(const field::Plane& plane, const picture::Scale& scale)
{
    picture::Indexed picture{.width = static_cast<int>(plane.columns),
                             .height = static_cast<int>(plane.rows),
                             .pixels = std::vector<std::uint8_t>(plane.values.size()),
                             .palette = picture::palette_of(scale.table)};
    for (std::size_t i = 0; i < plane.values.size(); ++i)
        if (plane.pores.empty() || plane.pores[i] != 0) picture.pixels[i] = scale.index_of(plane.values[i]);
    return picture::png(picture, picture::Effort::quick);
}

Tiles tiled(const field::PoreShares& volume)
{
    const auto& shape = volume.shape;
    const auto beside = std::lround(std::ceil(std::sqrt(static_cast<double>(shape.nz))));
    const auto below = (shape.nz + beside - 1) / beside;
    Tiles tiles{.width = static_cast<int>(beside * shape.nx),
                .height = static_cast<int>(below * shape.ny),
                .beside = static_cast<int>(beside),
                .pixels = {}};
    tiles.pixels.resize(static_cast<std::size_t>(tiles.width) * tiles.height);
    for (std::int64_t z = 0; z < shape.nz; ++z)
        for (std::int64_t y = 0; y < shape.ny; ++y)
            std::copy_n(volume.shares.data() + (z * shape.ny + y) * shape.nx, shape.nx,
                        tiles.pixels.data() + (z / beside * shape.ny + y) * tiles.width + z % beside * shape.nx);
    return tiles;
}

} // namespace lapilli::serve
