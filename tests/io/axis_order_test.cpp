// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/axis_order.hpp"

#include "io/gzip.hpp"
#include "io/scratch.hpp"
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace lapilli;

namespace {

using Value = std::function<std::int32_t(std::int64_t x, std::int64_t y, std::int64_t z)>;

std::vector<std::int32_t> labels_of(const Shape& shape, const Value& value)
{
    std::vector<std::int32_t> labels;
    for (std::int64_t z = 0; z < shape.nz; ++z)
        for (std::int64_t y = 0; y < shape.ny; ++y)
            for (std::int64_t x = 0; x < shape.nx; ++x) labels.push_back(value(x, y, z));
    return labels;
}

std::optional<Shape> likelier(const std::vector<std::int32_t>& labels, const Shape& given)
{
    return image::likelier_order(given, given.voxels(), [&](std::int64_t first, std::span<std::int32_t> to) {
        std::copy_n(labels.begin() + first, to.size(), to.begin());
    });
}

std::vector<Shape> orders_of(const Shape& shape)
{
    std::array<std::int64_t, 3> extents{shape.nz, shape.ny, shape.nx};
    std::sort(extents.begin(), extents.end());
    std::vector<Shape> orders;
    do orders.push_back({extents[0], extents[1], extents[2]});
    while (std::next_permutation(extents.begin(), extents.end()));
    return orders;
}

const std::vector<Shape> shapes{{40, 56, 72}, {72, 56, 40}, {24, 90, 90}, {90, 24, 90}, {90, 90, 24}, {60, 61, 62}};

bool in_core(std::int64_t x, std::int64_t y, const Shape& shape)
{
    const double from_axis = std::hypot(double(2 * x) / double(shape.nx) - 1, double(2 * y) / double(shape.ny) - 1);
    return from_axis < 0.8;
}

} // namespace

TEST_CASE("a shape whose axes are exchanged is noticed, and the right one is named")
{
    for (const auto& shape : shapes) {
        if (shape.nx - shape.nz == 2) continue; // its orders are too much alike
        const auto labels = labels_of(shape, [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 1) < 0.495; });
        for (const auto& given : orders_of(shape)) {
            INFO(shape.nz << " x " << shape.ny << " x " << shape.nx << ", given " << given.nz << " x " << given.ny << " x "
                          << given.nx);
            CHECK(likelier(labels, given) == (given == shape ? std::nullopt : std::optional(shape)));
        }
    }
}

TEST_CASE("a right shape is not doubted, whatever the image: layers, fibres, a core in air, grey values, noise")
{
    for (const auto& shape : shapes) {
        INFO(shape.nz << " x " << shape.ny << " x " << shape.nx);
        const auto doubted = [&](const Value& value) { return likelier(labels_of(shape, value), shape).has_value(); };
        for (const int thickness : {1, 2, 3, 5, 9}) {
            INFO("layers of " << thickness);
            const auto layer = [thickness](std::int64_t a) { return test::noise(a / thickness, 0, 0, 7) < 0.5; };
            CHECK_FALSE(doubted([&](auto x, auto, auto) { return layer(x); }));
            CHECK_FALSE(doubted([&](auto, auto y, auto) { return layer(y); }));
            CHECK_FALSE(doubted([&](auto, auto, auto z) { return layer(z); }));
            CHECK_FALSE(doubted([&](auto x, auto y, auto z) { return layer(z) && test::smooth_noise(x, y, z, 1) < 0.5; }));
            CHECK_FALSE(doubted([&](auto x, auto y, auto z) { return in_core(x, y, shape) && layer(z) ? 1 : 0; }));
            CHECK_FALSE(doubted([&](auto x, auto y, auto) { return layer(x + 1000 * (y / thickness)); })); // fibres along z
        }
        CHECK_FALSE(doubted([](auto x, auto y, auto z) { return test::noise(x, y, z, 1) < 0.5; }));
        CHECK_FALSE(doubted([](auto x, auto y, auto z) { return std::int32_t(255 * test::smooth_noise(x, y, z, 1)); }));
        CHECK_FALSE(doubted(
            [&](auto x, auto y, auto z) { return in_core(x, y, shape) && test::smooth_noise(x, y, z, 1) < 0.495 ? 1 : 0; }));
        CHECK_FALSE(doubted([](auto, auto, auto) { return 1; }));
    }
}

TEST_CASE("a core in air whose axes are exchanged is noticed, too")
{
    const Shape shape{40, 72, 72};
    const auto labels = labels_of(shape, [&](auto x, auto y, auto z) {
        return in_core(x, y, shape) && test::smooth_noise(x, y, z, 1) < 0.495 ? 1 : 0;
    });
    CHECK(likelier(labels, {72, 40, 72}) == shape);
}

TEST_CASE("raw files are looked into, compressed or not, and files that say their shape are not")
{
    const test::ScratchFolder folder;
    const Shape shape{40, 56, 72};
    std::string bytes;
    for (const auto label : labels_of(shape, [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 1) < 0.495; }))
        bytes += static_cast<char>(label);
    const auto plain = folder.write("a.raw", bytes), packed = folder.write("a.raw.gz", test::gzip(bytes));
    for (const auto& path : {plain, packed}) {
        CHECK(image::likelier_order({path, {.shape = Shape{72, 56, 40}, .type = format::VoxelType::u8}}) == shape);
        CHECK_FALSE(image::likelier_order({path, {.shape = shape, .type = format::VoxelType::u8}}));
    }
    CHECK_FALSE(image::likelier_order({"not looked for.tif", {}}));

    const auto behind = folder.write("b.raw", std::string(512, 'h') + bytes);
    for (const std::int64_t header : {format::RawFormat::all_that_is_more, std::int64_t{512}}) {
        const auto order = [&](const Shape& given) {
            return image::likelier_order({behind, {.shape = given, .type = format::VoxelType::u8, .header = header}});
        };
        CHECK(order({72, 56, 40}) == shape);
        CHECK_FALSE(order(shape));
    }
}
