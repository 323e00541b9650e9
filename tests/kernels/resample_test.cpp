// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "resample/downsample.hpp"
#include "resample/orientation.hpp"
#include "resample/recode.hpp"
#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <numeric>
#include <vector>

using namespace lapilli;
using namespace lapilli::resample;

namespace {

constexpr Shape odd_box{5, 35, 67}; // larger than a block of the cache along two axes

template <class T>
std::vector<T> numbered(const Shape& shape)
{
    std::vector<T> voxels(static_cast<std::size_t>(shape.voxels()));
    std::iota(voxels.begin(), voxels.end(), T{0});
    return voxels;
}

template <class T>
std::vector<T> turn_all(const std::vector<T>& voxels, const Shape& shape, const Orientation& orientation)
{
    std::vector<T> result(voxels.size());
    turn(std::as_bytes(std::span(voxels)), shape, sizeof(T), orientation, std::as_writable_bytes(std::span(result)));
    return result;
}

/// All 48: three axes in any order, each forwards or backwards.
std::vector<Orientation> all_orientations()
{
    std::vector<Orientation> all;
    PerAxis<Axis> from{Axis::x, Axis::y, Axis::z};
    do {
        for (int signs = 0; signs < 8; ++signs)
            all.push_back({from, {(signs & 1) != 0, (signs & 2) != 0, (signs & 4) != 0}});
    } while (std::next_permutation(from.begin(), from.end()));
    return all;
}

template <class T>
T reduced(const std::vector<T>& block, Reduction reduction)
{
    std::array<T, 1> result{};
    const std::int64_t size = static_cast<std::int64_t>(block.size());
    downsample(std::span<const T>(block), {1, 1, size}, {size, 1, 1}, reduction, std::span<T>(result));
    return result[0];
}

} // namespace

TEST_CASE("every turned voxel is the one that the orientation names")
{
    const auto voxels = numbered<std::uint32_t>(odd_box);
    const auto orientations = all_orientations();
    CHECK(orientations.size() == 48);
    for (const auto& orientation : orientations) {
        const Shape shape = turned(odd_box, orientation);
        const auto result = turn_all(voxels, odd_box, orientation);
        bool all = true;
        for (std::int64_t z = 0, i = 0; z < shape.nz; ++z)
            for (std::int64_t y = 0; y < shape.ny; ++y)
                for (std::int64_t x = 0; x < shape.nx; ++x, ++i) {
                    PerAxis<std::int64_t> old;
                    for (const auto& [axis, at] : {std::pair(Axis::x, x), std::pair(Axis::y, y), std::pair(Axis::z, z)})
                        old[orientation.from[axis]] = orientation.backwards[axis] ? shape.along(axis) - 1 - at : at;
                    all &= result[i] == voxels[(old[Axis::z] * odd_box.ny + old[Axis::y]) * odd_box.nx + old[Axis::x]];
                }
        CHECK(all);
    }
}

TEST_CASE("voxels of any size are turned alike, and turns follow one another")
{
    const auto voxels = numbered<std::uint64_t>(odd_box);
    const std::vector<std::uint16_t> short_voxels(voxels.begin(), voxels.end());
    const std::vector<std::uint8_t> bytes(voxels.begin(), voxels.end());
    for (const auto& first : all_orientations()) {
        const auto once = turn_all(voxels, odd_box, first);
        CHECK(turn_all(short_voxels, odd_box, first) == std::vector<std::uint16_t>(once.begin(), once.end()));
        CHECK(turn_all(bytes, odd_box, first) == std::vector<std::uint8_t>(once.begin(), once.end()));
        const auto second = quarter_turn(Axis::y);
        CHECK(turn_all(once, turned(odd_box, first), second) == turn_all(voxels, odd_box, second * first));
    }
}

TEST_CASE("a quarter turn takes x to y, y to z and z to x, and four of them nothing anywhere")
{
    for (const Axis about : all_axes) {
        const auto turn = quarter_turn(about);
        CHECK(turn.from[about] == about);
        CHECK(turn * turn * turn * turn == Orientation());
        CHECK_FALSE(turn * turn == Orientation());
    }
    const auto at = [](const Axis about) { // of the far end of the first axis that moves, in a row of 3 voxels
        const std::vector<std::uint8_t> row{1, 2, 3};
        return turn_all(row,
                        about == Axis::z   ? Shape{1, 1, 3}
                        : about == Axis::x ? Shape{1, 3, 1}
                                           : Shape{3, 1, 1},
                        quarter_turn(about));
    };
    for (const Axis about : all_axes) CHECK(at(about) == std::vector<std::uint8_t>{1, 2, 3}); // forwards along the next
    CHECK(turned(Shape{2, 3, 4}, quarter_turn(Axis::z)) == Shape{2, 4, 3});
    CHECK(turned(VoxelEdges{1, 2, 3}, quarter_turn(Axis::x)) == VoxelEdges{1, 3, 2});
}

TEMPLATE_TEST_CASE("a mean of whole numbers is exact and goes half to even", "", std::uint8_t, std::int8_t, std::uint16_t,
                   std::int16_t, std::uint32_t, std::int32_t, std::uint64_t, std::int64_t)
{
    using T = TestType;
    const auto mean = [](const std::vector<T>& block) { return reduced(block, Reduction::mean); };
    CHECK(mean({1, 2}) == 2);
    CHECK(mean({2, 3}) == 2);
    CHECK(mean({1, 1, 2}) == 1);
    CHECK(mean({1, 2, 2}) == 2);
    constexpr T most = std::numeric_limits<T>::max(), least = std::numeric_limits<T>::min();
    CHECK(mean({most, most, most}) == most);
    CHECK(mean({least, least, least}) == least);
    if (std::is_signed_v<T>) {
        const auto minus = [](int value) { return static_cast<T>(-value); };
        CHECK(mean({minus(1), minus(2)}) == minus(2));
        CHECK(mean({minus(2), minus(3)}) == minus(2));
        CHECK(mean({minus(1), 0}) == 0);
        CHECK(mean({minus(1), minus(1), 0}) == minus(1));
    }
}

TEST_CASE("the majority is the commonest value, the smallest of several, and nan where there is nothing else")
{
    const auto majority = [](const std::vector<double>& block) { return reduced(block, Reduction::majority); };
    CHECK(majority({7, 3, 7, 5}) == 7);
    CHECK(majority({7, 3, 3, 7}) == 3);
    CHECK(majority({9, -1, 4}) == -1);
    CHECK(majority({NAN, 2, NAN, 2}) == 2);
    CHECK(std::isnan(majority({NAN, 2, NAN})));
    CHECK(reduced(std::vector<float>{0.5F, 1.0F}, Reduction::mean) == 0.75F);
    CHECK(reduced(std::vector<std::uint8_t>{255, 0, 255, 0}, Reduction::majority) == 0);
}

TEST_CASE("blocks are cut where they belong, and what is left over is left out")
{
    const Shape shape{5, 4, 7};
    const Factors factors{3, 2, 2};
    const auto voxels = numbered<float>(shape);
    CHECK(downsampled(shape, factors) == Shape{2, 2, 2});
    std::vector<float> result(8);
    downsample(std::span<const float>(voxels), shape, factors, Reduction::mean, std::span(result));
    for (std::int64_t z = 0, i = 0; z < 2; ++z)
        for (std::int64_t y = 0; y < 2; ++y)
            for (std::int64_t x = 0; x < 2; ++x, ++i) {
                double sum = 0;
                for (std::int64_t v = 0; v < 12; ++v)
                    sum += voxels[((2 * z + v / 6) * shape.ny + 2 * y + v / 3 % 2) * shape.nx + 3 * x + v % 3];
                CHECK(result[i] == static_cast<float>(sum / 12));
            }
}

TEST_CASE("labels are renamed at once, and what a type cannot hold is found")
{
    const std::vector<std::int32_t> values{0, 0, 1, 2, 2, 300, 0};
    std::vector<std::uint8_t> bytes(values.size());
    const auto into_bytes = [&](const Relabelling& labels) {
        return recode<std::int32_t, std::uint8_t>(values, labels, bytes);
    };
    CHECK(into_bytes({{0, 1}, {1, 0}, {300, 9}, {7, 8}}) == std::nullopt);
    CHECK(bytes == std::vector<std::uint8_t>{1, 1, 0, 2, 2, 9, 1});
    CHECK(into_bytes({}) == 5);
    const std::vector<double> numbers{0.5, 2, NAN};
    std::vector<float> floats(3);
    CHECK(recode<double, float>(numbers, {{2, 255}}, floats) == std::nullopt);
    CHECK(floats[0] == 0.5F);
    CHECK(floats[1] == 255.0F);
    CHECK(std::isnan(floats[2]));
}

TEST_CASE("a type holds whole numbers up to its limits to the last digit")
{
    CHECK(holds<std::uint8_t>(255) == true);
    CHECK(holds<std::uint8_t>(256) == false);
    CHECK(holds<std::uint8_t>(-1) == false);
    CHECK(holds<std::uint8_t>(0.5) == false);
    CHECK(holds<std::uint8_t>(static_cast<double>(NAN)) == false);
    CHECK(holds<std::int64_t>(std::ldexp(1.0, 63)) == false);
    CHECK(holds<std::int64_t>(-std::ldexp(1.0, 63)) == true);
    CHECK(holds<std::uint64_t>(std::ldexp(1.0, 63)) == true);
    CHECK(holds<float>(16777216) == true);
    CHECK(holds<float>(16777217) == false);
    CHECK(holds<float>(-16777217) == false);
    CHECK(holds<double>(std::numeric_limits<std::uint64_t>::max()) == false);
    CHECK(holds<float>(0.1) == true);
    CHECK(holds<float>(1e300) == false);
    CHECK(holds<float>(1e-300) == false); // it would be 0
    CHECK(holds<float>(0.0) == true);
    CHECK(holds<float>(16777217.0) == false);
    CHECK(holds<float>(16777217.5) == true);
    CHECK(holds<float>(static_cast<double>(NAN)) == true);
    CHECK(holds<double>(std::numeric_limits<float>::denorm_min()) == true);
    CHECK(holds<float>(static_cast<double>(INFINITY)) == true);
}
