// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/shape.hpp"
#include "segmentation/gradient.hpp"
#include "segmentation/median.hpp"
#include "segmentation/non_local_means.hpp"
#include "segmentation/smooth.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace lapilli::segmentation;
using lapilli::Shape;

namespace {

std::size_t unsign(std::int64_t value) { return static_cast<std::size_t>(value); }

/// A small image, which goes on beyond its faces with the voxels of the face.
template <class T>
struct Grey {
    Shape shape;
    std::vector<T> voxels = std::vector<T>(unsign(shape.voxels()));

    T at(std::int64_t z, std::int64_t y, std::int64_t x) const
    {
        const auto inside = [](std::int64_t i, std::int64_t n) { return std::clamp<std::int64_t>(i, 0, n - 1); };
        return voxels[unsign((inside(z, shape.nz) * shape.ny + inside(y, shape.ny)) * shape.nx + inside(x, shape.nx))];
    }
    template <int reach>
    PlaneStack<T, reach> stack(std::int64_t z) const
    {
        PlaneStack<T, reach> planes{{}, shape.ny, shape.nx};
        for (std::int64_t dz = -reach; dz <= reach; ++dz)
            planes.planes[unsign(dz + reach)] =
                &voxels[unsign(std::clamp<std::int64_t>(z + dz, 0, shape.nz - 1) * shape.plane())];
        return planes;
    }
    /// What a filter makes of it, plane by plane.
    template <int reach, class Filter>
    Grey filtered(Filter&& filter) const
    {
        Grey result{shape};
        for (std::int64_t z = 0; z < shape.nz; ++z)
            filter(stack<reach>(z), std::span(result.voxels).subspan(unsign(z * shape.plane()), unsign(shape.plane())));
        return result;
    }
};

Grey<Level> random_image(const Shape& shape, unsigned seed, int highest)
{
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> level(0, highest);
    Grey<Level> grey{shape};
    for (auto& voxel : grey.voxels) voxel = static_cast<Level>(level(random));
    return grey;
}

/// Images of all thicknesses, and of rows that are no multiples of what a vector holds.
std::vector<Shape> shapes()
{
    std::vector<Shape> all{{1, 1, 1}, {1, 1, 36}, {1, 36, 1}, {36, 1, 1}, {1, 9, 17}, {2, 3, 33}};
    for (std::int64_t n = 1; n <= 36; ++n) all.push_back({1 + n % 4, 1 + n % 7, n});
    return all;
}

/// Checks a filter of levels against value(image, z, y, x) in every voxel of many images.
template <int reach = 1, class Filter, class Value>
void check_filter(Filter&& filter, Value&& value)
{
    unsigned seed = 0;
    for (const auto& shape : shapes()) {
        ++seed;
        const auto grey = random_image(shape, seed, seed % 3 == 0 ? 1 : 65535); // and many that are equal
        const auto filtered = grey.template filtered<reach>(filter);
        std::int64_t wrong = 0;
        for (std::int64_t z = 0; z < shape.nz; ++z)
            for (std::int64_t y = 0; y < shape.ny; ++y)
                for (std::int64_t x = 0; x < shape.nx; ++x) wrong += filtered.at(z, y, x) != value(grey, z, y, x);
        CHECK(wrong == 0);
    }
}

template <class Visit>
void around(Visit&& visit)
{
    for (std::int64_t dz = -1; dz <= 1; ++dz)
        for (std::int64_t dy = -1; dy <= 1; ++dy)
            for (std::int64_t dx = -1; dx <= 1; ++dx) visit(dz, dy, dx);
}

/// @param most  distance squared of the neighbours that count
Level sorted_median(const Grey<Level>& grey, std::int64_t z, std::int64_t y, std::int64_t x, std::int64_t most)
{
    std::vector<Level> values;
    around([&](auto dz, auto dy, auto dx) {
        if (dz * dz + dy * dy + dx * dx <= most) values.push_back(grey.at(z + dz, y + dy, x + dx));
    });
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

TEST_CASE("a median is the middle one of the sorted levels")
{
    check_filter(median_of_7, [](auto& grey, auto z, auto y, auto x) { return sorted_median(grey, z, y, x, 1); });
    check_filter(median_of_27, [](auto& grey, auto z, auto y, auto x) { return sorted_median(grey, z, y, x, 3); });
}

TEST_CASE("smoothing weights the voxels around by 3 8 3 along each axis")
{
    check_filter(smooth, [](auto& grey, auto z, auto y, auto x) {
        std::int64_t sum = 0;
        around([&](auto dz, auto dy, auto dx) {
            const auto weight = [](std::int64_t d) { return d == 0 ? 8 : 3; };
            sum += weight(dz) * weight(dy) * weight(dx) * std::int64_t{grey.at(z + dz, y + dy, x + dx)};
        });
        return (sum + 1372) / 2744;
    });
}

TEST_CASE("the gradient is that of Sobel")
{
    check_filter(gradient, [](auto& grey, auto z, auto y, auto x) {
        double square = 0;
        for (int axis = 0; axis < 3; ++axis) {
            std::int64_t sum = 0;
            around([&](std::int64_t dz, std::int64_t dy, std::int64_t dx) {
                const std::int64_t along[3]{dz, dy, dx};
                std::int64_t weight = along[axis];
                for (int other = 0; other < 3; ++other)
                    if (other != axis) weight *= 2 - std::abs(along[other]);
                sum += weight * grey.at(z + dz, y + dy, x + dx);
            });
            square += static_cast<double>(sum) * static_cast<double>(sum);
        }
        return static_cast<Level>(std::sqrt(square) / (16 * std::sqrt(3.0)));
    });
}

TEST_CASE("a step over all levels has the largest gradient")
{
    Grey<Level> grey{{3, 3, 3}};
    for (std::int64_t i = 0; i < 27; ++i) grey.voxels[unsign(i)] = i / 9 + i / 3 % 3 + i % 3 >= 3 ? 65535 : 0;
    const auto steep = grey.filtered<1>(gradient).at(1, 1, 1);
    CHECK(steep > 30000);
}

TEST_CASE("diffusion moves what the flux through six faces carries, and keeps the sum")
{
    const float edge = 40;
    for (const auto& shape : shapes()) {
        Grey<float> grey{shape};
        const auto levels = random_image(shape, 7, 255);
        std::copy(levels.voxels.begin(), levels.voxels.end(), grey.voxels.begin());
        const auto after = grey.filtered<1>([&](const auto& stack, auto out) { diffuse(stack, edge, out); });
        double worst = 0, before_sum = 0, after_sum = 0;
        for (std::int64_t z = 0; z < shape.nz; ++z)
            for (std::int64_t y = 0; y < shape.ny; ++y)
                for (std::int64_t x = 0; x < shape.nx; ++x) {
                    const double u = grey.at(z, y, x);
                    double expected = u;
                    around([&](auto dz, auto dy, auto dx) {
                        if (dz * dz + dy * dy + dx * dx != 1) return;
                        const double d = grey.at(z + dz, y + dy, x + dx) - u;
                        expected += d / (1 + d * d / (edge * edge)) / 7;
                    });
                    worst = std::max(worst, std::abs(after.at(z, y, x) - expected));
                    before_sum += u;
                    after_sum += after.at(z, y, x);
                }
        CHECK(worst < 1e-4); // rounding of floats around 255
        CHECK(after_sum == Approx(before_sum).epsilon(1e-6));
    }
}

TEST_CASE("non-local means weight every voxel by the patch around it")
{
    const double noise = 30, h = 0.8 * noise;
    for (const Shape& shape : {Shape{1, 1, 1}, Shape{2, 3, 17}, Shape{9, 5, 4}}) {
        const auto grey = random_image(shape, 11, 200);
        const auto filtered = grey.filtered<reach>(
            [&](const auto& stack, auto out) { non_local_means(stack, static_cast<float>(noise), out); });
        double worst = 0;
        for (std::int64_t z = 0; z < shape.nz; ++z)
            for (std::int64_t y = 0; y < shape.ny; ++y)
                for (std::int64_t x = 0; x < shape.nx; ++x) {
                    double values = 0, weights = 0;
                    for (std::int64_t o = 0; o < 343; ++o) {
                        const std::int64_t oz = z + o / 49 - 3, oy = y + o / 7 % 7 - 3, ox = x + o % 7 - 3;
                        double square = 0;
                        around([&](auto dz, auto dy, auto dx) {
                            const double d = grey.at(z + dz, y + dy, x + dx) - grey.at(oz + dz, oy + dy, ox + dx);
                            square += d * d / 27;
                        });
                        const double t = std::max(0.0, square - 2 * noise * noise) / (h * h);
                        const double weight = std::pow(std::max(0.0, 1 - t / 32), 32);
                        values += weight * grey.at(oz, oy, ox);
                        weights += weight;
                    }
                    worst = std::max(worst, std::abs(filtered.at(z, y, x) - values / weights));
                }
        CHECK(worst < 0.501); // the nearest level
    }
}
