// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"
#include "image/generate.hpp"
#include "support/made_image.hpp"
#include "synthetic/labels.hpp"
#include "synthetic/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

namespace lapilli::test {

/// A cube of pores of some kind, by a seed: what the estimate of the solver's error is tried on.
struct Rock {
    std::string kind;  ///< see below
    std::int64_t edge; ///< [voxels]
    double porosity;
    double grain; ///< size of what it is made of [voxels]
    std::uint64_t seed;
};

namespace rock {

using Point = std::array<double, 3>;

inline double distance_to_line(const Point& p, const Point& on, const Point& along)
{
    const Point d{p[0] - on[0], p[1] - on[1], p[2] - on[2]};
    const double t = d[0] * along[0] + d[1] * along[1] + d[2] * along[2];
    return std::sqrt(std::max(0.0, d[0] * d[0] + d[1] * d[1] + d[2] * d[2] - t * t));
}

/// Centres of a cubic lattice with that cell, each moved at random by up to `jitter` cells; repeats with the image.
/// Calls visit(centre, i, j, k) for those of the cells around a point.
template <class Visit>
void around(const Rock& rock, double cell, double jitter, const Point& p, Visit&& visit)
{
    const auto n = std::max<std::int64_t>(1, std::llround(static_cast<double>(rock.edge) / cell));
    const double size = static_cast<double>(rock.edge) / static_cast<double>(n);
    const auto cell_of = [&](double x) { return static_cast<std::int64_t>(std::floor(x / size)); };
    const auto moved = [&](std::int64_t i, std::int64_t j, std::int64_t k, std::uint64_t axis) {
        const auto w = [n](std::int64_t c) { return (c % n + n) % n; };
        return 0.5 + jitter * (2 * noise(w(i), w(j), w(k), 3 * rock.seed + axis) - 1);
    };
    for (std::int64_t k = cell_of(p[2]) - 1; k <= cell_of(p[2]) + 1; ++k)
        for (std::int64_t j = cell_of(p[1]) - 1; j <= cell_of(p[1]) + 1; ++j)
            for (std::int64_t i = cell_of(p[0]) - 1; i <= cell_of(p[0]) + 1; ++i)
                visit(Point{size * (static_cast<double>(i) + moved(i, j, k, 0)),
                            size * (static_cast<double>(j) + moved(i, j, k, 1)),
                            size * (static_cast<double>(k) + moved(i, j, k, 2))});
}

inline double distance(const Point& a, const Point& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

/// Between grains of nearly equal size that touch or nearly do.
inline double pack(const Rock& rock, const Point& p)
{
    double nearest = std::numeric_limits<double>::max();
    around(rock, rock.grain, 0.15, p, [&](const Point& c) { nearest = std::min(nearest, distance(p, c)); });
    return -nearest;
}

/// Large round chambers joined by straight throats of some three voxels.
inline double caverns(const Rock& rock, const Point& p)
{
    const double radius = 0.38 * rock.grain, throat = 1.7;
    double value = std::numeric_limits<double>::max();
    around(rock, rock.grain, 0, p, [&](const Point& c) {
        value = std::min(value, distance(p, c) / radius);
        for (std::size_t a = 0; a < 3; ++a) {
            Point along{};
            along[a] = 1;
            value = std::min(value, distance_to_line(p, c, along) / throat);
        }
    });
    return value;
}

/// Rough fractures across the whole rock, two along the z axis, one tilted.
inline double fractures(const Rock& rock, const Point& p)
{
    const double n = static_cast<double>(rock.edge);
    const std::array<Point, 3> normals{{{1, 0, 0}, {0, 1, 0}, {0.48, 0.6, 0.64}}};
    double value = std::numeric_limits<double>::max();
    for (std::size_t f = 0; f < normals.size(); ++f) {
        const auto& m = normals[f];
        double height = m[0] * p[0] + m[1] * p[1] + m[2] * p[2] - n / 2 * (m[0] + m[1] + m[2]), width = 0;
        for (std::int64_t w = 1; w <= 24; ++w) {
            const auto of = static_cast<std::int64_t>(f);
            const auto wave = [&](std::int64_t c) { return 2 * noise(w, of, c, rock.seed) - 1; };
            const double length = rock.grain * (0.5 + 3 * noise(w, of, 9, rock.seed));
            const double phase =
                2 * std::numbers::pi * ((wave(0) * p[0] + wave(1) * p[1] + wave(2) * p[2]) / length + wave(3));
            height += 0.06 * length * std::cos(phase);
            width += 0.03 * length * std::sin(2 * phase);
        }
        value = std::min(value, std::abs(height) - width);
    }
    return value;
}

/// Winding tubes along z, the widest sixteen times as wide as the thinnest, and a few that join them.
inline double tubes(const Rock& rock, const Point& p)
{
    const double n = static_cast<double>(rock.edge);
    double value = std::numeric_limits<double>::max();
    for (std::int64_t t = 0; t < 14; ++t) {
        const auto random = [&](std::int64_t c) { return noise(t, c, 5, rock.seed); };
        const double radius = rock.grain * std::exp2(4 * random(0) - 3);
        const double turn = 2 * std::numbers::pi * (p[2] / n * (1 + std::floor(2 * random(4))) + random(3));
        const double x = n * random(1) + 2 * radius * std::cos(turn), y = n * random(2) + 2 * radius * std::sin(turn);
        value = std::min(value, std::hypot(p[0] - x, p[1] - y) / radius);
        if (t % 4 == 0)
            value = std::min(value, distance_to_line(p, {x, y, n * random(5)}, {0.8, 0.6, 0}) / (0.4 * rock.grain));
    }
    return value;
}

/// Between straight fibres in all directions.
inline double fibres(const Rock& rock, const Point& p)
{
    const double n = static_cast<double>(rock.edge);
    const auto count = std::llround(n * n / (rock.grain * rock.grain) / 4);
    double nearest = std::numeric_limits<double>::max();
    for (std::int64_t f = 0; f < count; ++f) {
        const auto random = [&](std::int64_t c) { return noise(f, c, 7, rock.seed); };
        const double c = 2 * random(3) - 1, s = std::sqrt(1 - c * c), turn = 2 * std::numbers::pi * random(4);
        nearest = std::min(nearest, distance_to_line(p, {n * random(0), n * random(1), n * random(2)},
                                                     {s * std::cos(turn), s * std::sin(turn), c}));
    }
    return -nearest;
}

/// The voxels with the lowest values are pores.
template <class Value>
std::vector<std::uint8_t> lowest(const Rock& rock, Value&& value)
{
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(rock.edge * rock.edge * rock.edge));
    for (std::int64_t z = 0; z < rock.edge; ++z)
        for (std::int64_t y = 0; y < rock.edge; ++y)
            for (std::int64_t x = 0; x < rock.edge; ++x)
                values.push_back(static_cast<float>(value(
                    rock, Point{static_cast<double>(x) + 0.5, static_cast<double>(y) + 0.5, static_cast<double>(z) + 0.5})));
    auto sorted = values;
    const auto nth = sorted.begin() + static_cast<std::ptrdiff_t>(rock.porosity * static_cast<double>(sorted.size()));
    std::nth_element(sorted.begin(), nth, sorted.end());
    std::vector<std::uint8_t> pores;
    for (const float v : values) pores.push_back(v < *nth ? 1 : 0);
    return pores;
}

} // namespace rock

/// Kinds: blobs (a thresholded random field), spheres (overlapping solid ones), bubbles (overlapping hollow ones), pack,
/// caverns, fractures, tubes, fibres. Collective.
inline MadeImage make_rock(const parallel::Communicator& comm, const Rock& rock, Boundary beyond)
{
    const Shape shape{rock.edge, rock.edge, rock.edge};
    const auto made = [&](const std::vector<std::uint8_t>& labels, std::int64_t first, std::uint8_t pore) {
        return make_image(
            comm, shape,
            [&](auto x, auto y, auto z) {
                return labels[static_cast<std::size_t>(((z - first) * rock.edge + y) * rock.edge + x)] == pore;
            },
            beyond);
    };
    const auto generated = [&](const image::Recipe& recipe) {
        const auto image = image::generate(comm, recipe);
        return made(image.labels, image.planes.first, synthetic::pore);
    };
    if (rock.kind == "blobs") return generated(synthetic::Blobs{shape, rock.porosity, rock.grain, rock.seed});
    if (rock.kind == "spheres" || rock.kind == "bubbles")
        return generated(synthetic::RandomSpheres{shape, rock.porosity, rock.grain, rock.seed, rock.kind == "bubbles"});
    if (rock.kind == "pack") return made(rock::lowest(rock, rock::pack), 0, 1);
    if (rock.kind == "caverns") return made(rock::lowest(rock, rock::caverns), 0, 1);
    if (rock.kind == "fractures") return made(rock::lowest(rock, rock::fractures), 0, 1);
    if (rock.kind == "tubes") return made(rock::lowest(rock, rock::tubes), 0, 1);
    if (rock.kind == "fibres") return made(rock::lowest(rock, rock::fibres), 0, 1);
    throw input_error("unknown kind of rock {}; expected one that make_rock knows", rock.kind);
}

} // namespace lapilli::test
