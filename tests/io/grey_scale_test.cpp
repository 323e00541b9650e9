// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/grey_scale.hpp"

#include "image/label_census.hpp"
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include <algorithm>
#include <cmath>

using namespace lapilli;

namespace {

constexpr std::int64_t edge = 48;

/// An image of these values, as it is after it has been read.
template <class Value>
image::LabelledImage image_of(Value&& value)
{
    image::LabelledImage image;
    image.shape = {edge, edge, edge};
    const image::Phases none;
    image::LabelCensus census(none);
    std::vector<std::int32_t> plane(edge * edge);
    std::vector<std::uint8_t> phases(plane.size());
    for (std::int64_t z = 0; z < edge; ++z) {
        for (std::int64_t i = 0; i < edge * edge; ++i) plane[static_cast<std::size_t>(i)] = value(i % edge, i / edge, z);
        census.take_plane(plane, phases);
    }
    auto [voxels, runs] = census.labels(parallel::Communicator::world());
    image.labels = voxels;
    image.runs = runs;
    return image;
}

double noise(std::int64_t x, std::int64_t y, std::int64_t z) // of mean 0, nearly normal
{
    double sum = -2;
    for (int i = 0; i < 4; ++i) sum += test::noise(x, y, z, 20 + i);
    return sum;
}

bool pore(std::int64_t x, std::int64_t y, std::int64_t z) { return test::smooth_noise(x, y, z, 1) < 0.495; }

/// The grain that a voxel lies in, of grains about so wide, each with a number of its own in the order of the file; a tenth
/// of the rows of cells has none.
std::int32_t grain(std::int64_t x, std::int64_t y, std::int64_t z, std::int64_t wide)
{
    const auto cell = [wide](std::int64_t a, double shift) {
        return static_cast<std::int64_t>((double(a) + shift) / double(wide));
    };
    const double bend = 2 * test::smooth_noise(x, y, z, 3);
    const auto i = cell(x, bend), j = cell(y, 2 * bend), k = cell(z, bend);
    const std::int64_t across = edge / wide + 2;
    return static_cast<std::int32_t>(1 + i + across * (j + across * k));
}

std::int32_t levels(double value, int most) { return std::clamp(static_cast<std::int32_t>(std::lround(value)), 0, most); }

} // namespace

TEST_CASE("scans of 8 and 16 bit look grey, whatever their noise")
{
    for (const double sigma : {4.0, 12.0, 30.0}) {
        INFO(sigma);
        CHECK(image::looks_grey(image_of(
            [&](auto x, auto y, auto z) { return levels((pore(x, y, z) ? 70 : 150) + sigma * noise(x, y, z), 255); })));
        CHECK(image::looks_grey(image_of([&](auto x, auto y, auto z) {
            return levels((pore(x, y, z) ? 21000 : 38000) + 200 * sigma * noise(x, y, z), 65535);
        })));
    }
}

TEST_CASE("a scan looks grey within a mask, with its darkest values cut off, and after smoothing")
{
    const auto scan = [](auto x, auto y, auto z) { return (pore(x, y, z) ? 60 : 140) + 12 * noise(x, y, z); };
    CHECK(image::looks_grey(image_of([&](auto x, auto y, auto z) {
        const auto from_axis = std::hypot(double(x) - edge / 2.0, double(y) - edge / 2.0);
        return from_axis > edge / 2.5 ? 0 : levels(scan(x, y, z), 255);
    })));
    CHECK(image::looks_grey(image_of([&](auto x, auto y, auto z) { return levels(scan(x, y, z) - 60, 255); })));
    CHECK(image::looks_grey(
        image_of([&](auto x, auto y, auto z) { return levels(255 * test::smooth_noise(x, y, z, 1), 255); })));
}

TEST_CASE("labels do not look grey: two, twenty minerals, grains with a number each, wide or narrow")
{
    CHECK_FALSE(image::looks_grey(image_of([](auto x, auto y, auto z) { return pore(x, y, z) ? 0 : 255; })));
    CHECK_FALSE(image::looks_grey(image_of([](auto x, auto y, auto z) { return test::noise(x, y, z, 1) < 0.5 ? 0 : 1; })));
    CHECK_FALSE(
        image::looks_grey(image_of([](auto x, auto y, auto z) { return pore(x, y, z) ? 0 : 1 + grain(x, y, z, 9) % 20; })));
    for (const std::int64_t wide : {3, 4, 6, 12, 24}) {
        INFO(wide);
        CHECK_FALSE(
            image::looks_grey(image_of([&](auto x, auto y, auto z) { return pore(x, y, z) ? 0 : grain(x, y, z, wide); })));
        CHECK_FALSE(image::looks_grey(image_of([&](auto x, auto y, auto z) { return grain(x, y, z, wide); })));
    }
}

TEST_CASE("what is said of a grey image has its name, the number of its values and what to do")
{
    image::LabelledImage image;
    image.description.path = "scan.tif";
    for (std::int32_t value = 0; value < 255; ++value) image.labels[value] = 10;
    const auto sentence = image::grey_sentence(image);
    for (const char* part : {"scan.tif", "255", "lapilli segment"}) CHECK(sentence.find(part) != std::string::npos);
}
