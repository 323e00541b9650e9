// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/segment.hpp"
#include "support/catch.hpp"
#include "support/grey_scan.hpp"
#include "support/shared_folder.hpp"

#include <fstream>
#include <limits>

using namespace lapilli;
using namespace lapilli::scan;
using parallel::Communicator;

namespace {

/// All that a segmentation gives, on every rank.
struct Found {
    std::vector<std::uint8_t> labels;
    Segmentation segmentation;
};

Found segmented(const Communicator& comm, const Shape& shape, const Recipe& recipe)
{
    auto grey = test::make_grey(comm, shape, test::grey_rock);
    LabelSlab slab;
    auto segmentation = segment(comm, recipe, grey, slab);
    return {comm.gather_all<std::uint8_t>(slab.labels), segmentation};
}

/// Every recipe has the same labels and numbers on all ranks as on one.
void check_same(const Shape& shape, const Recipe& recipe)
{
    const auto world = Communicator::world();
    const auto together = segmented(world, shape, recipe), alone = segmented(Communicator::self(), shape, recipe);
    CHECK(together.labels == alone.labels);
    const auto &a = together.segmentation, &b = alone.segmentation;
    CHECK(a.thresholds == b.thresholds);
    CHECK(a.noise == b.noise);
    CHECK(a.contrast == b.contrast);
    CHECK(a.histogram.voxels == b.histogram.voxels);
    for (std::size_t k = 0; k < a.classes.size(); ++k) {
        CHECK(a.classes[k].voxels == b.classes[k].voxels);
        CHECK(a.classes[k].mean == b.classes[k].mean);
    }
}

/// The voxels of a raw file that all ranks see.
template <class T>
GreyImage read_back(const std::vector<T>& voxels, const Shape& shape, format::VoxelType type, PerAxis<Crop> crop = {},
                    const std::vector<double>& thresholds = {})
{
    const auto world = Communicator::world();
    const test::SharedFolder folder(world);
    const auto path = folder.path() + "/grey.raw";
    if (world.is_root()) {
        const auto bytes = std::as_bytes(std::span(voxels));
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }
    world.barrier();
    auto grey = read_grey(world, {path, {.shape = shape, .type = type}, crop}, thresholds);
    grey.voxels = world.gather_all<Level>(grey.voxels);
    return grey;
}

} // namespace

TEST_CASE("a segmentation has the same bits on any number of ranks")
{
    const Shape shapes[]{{37, 21, 26}, {1, 30, 19}, {18, 1, 7}};
    for (const auto& shape : shapes) {
        for (const auto filter : {Denoise::none, Denoise::median7, Denoise::median27, Denoise::gauss, Denoise::perona_malik})
            check_same(shape, {.denoise = filter});
        check_same(shape, {.threshold = Otsu{3}});
        check_same(shape, {.denoise = Denoise::gauss, .threshold = Given{{22000.5, 33000}}, .islands = 5, .holes = 90});
        check_same(shape, {.threshold = Hysteresis{21000, 26000}, .bright_pores = true});
        check_same(shape, {.threshold = Otsu{3}, .watershed = true, .bright_pores = true});
        check_same(shape, {.round = true, .cylinder = Cylinder{3.5, 2, 8.3}});
    }
    check_same({21, 9, 11}, {.denoise = Denoise::non_local_means});
    check_same({3, 4, 5}, {.denoise = Denoise::non_local_means});
}

TEST_CASE("bytes and words keep their values, and wider types are spread over all levels")
{
    const Shape shape{17, 1, 2}; // two slabs
    const auto with = [&]<class T>(T first, T last) {
        std::vector<T> voxels(34, first);
        voxels[5] = last;
        voxels[33] = static_cast<T>(first / 2 + last / 2);
        return voxels;
    };
    using format::VoxelType;
    const auto check = [&](const GreyImage& grey, Level first, Level last, double low, double high) {
        REQUIRE(grey.voxels.size() == 34);
        CHECK(grey.voxels[0] == first);
        CHECK(grey.voxels[5] == last);
        CHECK(grey.map.value(first) == Approx(low).margin(1e-9));
        CHECK(grey.map.value(last) == Approx(high).epsilon(1e-12));
    };
    check(read_back(with(std::uint8_t{3}, std::uint8_t{255}), shape, VoxelType::u8), 3, 255, 3, 255);
    check(read_back(with(std::int8_t{-128}, std::int8_t{127}), shape, VoxelType::i8), 0, 255, -128, 127);
    check(read_back(with(std::uint16_t{7}, std::uint16_t{65535}), shape, VoxelType::u16), 7, 65535, 7, 65535);
    check(read_back(with(std::int16_t{-1000}, std::int16_t{3000}), shape, VoxelType::i16), 31768, 35768, -1000, 3000);
    check(read_back(with(std::int32_t{-9}, std::int32_t{91}), shape, VoxelType::i32), 0, 100, -9, 91);
    check(read_back(with(std::uint32_t{0}, std::uint32_t{4000000000}), shape, VoxelType::u32), 0, 65535, 0, 4e9);
    check(read_back(with(std::int64_t{-5000000}, std::int64_t{5000000}), shape, VoxelType::i64), 0, 65535, -5e6, 5e6);
    check(read_back(with(-0.25F, 1.75F), shape, VoxelType::f32), 0, 65535, -0.25, 1.75);
    const auto wide = read_back(with(0.0, 2.0), shape, VoxelType::f64);
    check(wide, 0, 65535, 0, 2);
    CHECK(wide.voxels[33] == 32768); // half-way, rounded up
    check(read_back(std::vector<float>(34, 4.5F), shape, VoxelType::f32), 0, 0, 4.5, 4.5);
    CHECK_THROWS_AS(read_back(with(0.F, std::numeric_limits<float>::quiet_NaN()), shape, VoxelType::f32), Error);
}

TEST_CASE("a value far from all others leaves them their levels, and given thresholds part values to the last bit")
{
    const Shape shape{20, 10, 10};
    std::vector<float> voxels;
    for (int i = 0; i < 2000; ++i) voxels.push_back(static_cast<float>(i % 1000) / 1000);
    voxels[7] = 1e6F;
    voxels[8] = -std::numeric_limits<float>::max();
    const auto found = read_back(voxels, shape, format::VoxelType::f32);
    CHECK_FALSE(found.map.exact);
    CHECK(found.map.step < 1e-4); // of 1, over three times which the levels are laid
    CHECK(found.voxels[7] == 65535);
    CHECK(found.voxels[8] == 0);
    CHECK(found.map.values.largest == 1e6);
    CHECK(found.map.range(0, 65535).least == -std::numeric_limits<float>::max());

    const double below = 0.5, above = std::nextafter(0.5F, 1.F), far = 2e5;
    voxels[9] = 0.5F;
    voxels[10] = std::nextafter(0.5F, 1.F);
    voxels[11] = 3e5F;
    const std::vector<double> thresholds{below, above, far, 1e7};
    const auto given = read_back(voxels, shape, format::VoxelType::f32, {}, thresholds);
    std::int64_t wrong = 0;
    for (std::size_t i = 0; i < voxels.size(); ++i)
        for (const double threshold : thresholds)
            wrong += (given.voxels[i] >= given.map.cut(threshold)) != (voxels[i] >= threshold);
    CHECK(wrong == 0);

    // the same of whole numbers, and at the ends of double
    std::vector<std::int64_t> wide(2000);
    for (std::size_t i = 0; i < wide.size(); ++i) wide[i] = static_cast<std::int64_t>(i % 1000);
    wide[3] = std::numeric_limits<std::int64_t>::max();
    CHECK(read_back(wide, shape, format::VoxelType::i64).map.step < 0.1);
    std::vector<double> huge(2000, 1.0);
    for (std::size_t i = 0; i < 1000; ++i) huge[i] = -std::numeric_limits<double>::max();
    huge[1999] = std::numeric_limits<double>::max();
    const auto ends = read_back(huge, shape, format::VoxelType::f64);
    CHECK(ends.voxels[0] == 0);
    CHECK(ends.voxels[1999] > ends.voxels[1998]);
}

TEST_CASE("what is hardly meant by a threshold or by far-off values is said")
{
    const auto world = Communicator::world();
    const auto warned = [&](const Recipe& recipe, double spread) {
        auto grey = test::make_grey(world, {20, 20, 20}, [](auto x, auto, auto) { return x < 8 ? 10 : 50; });
        if (spread > 0) grey.map = {.step = spread, .exact = false};
        LabelSlab slab;
        return warnings_of(segment(world, recipe, grey, slab));
    };
    CHECK(warned({}, 0).empty());
    CHECK(warned({.threshold = Given{{10.5}}}, 0).empty());
    CHECK(warned({.threshold = Given{{50}}}, 0).empty());
    const auto one = [&](const Recipe& recipe, double spread, const char* part) {
        const auto warnings = warned(recipe, spread);
        REQUIRE(warnings.size() == 1);
        CHECK_THAT(warnings[0], test::mentions(part));
    };
    one({.denoise = Denoise::none, .threshold = Given{{10}}}, 0,
        "no voxel is below the threshold 10: the grey values are from 10 to 50;");
    one({.threshold = Given{{30, 50.5}}}, 0, "no voxel is at or above the threshold 50.5");
    one({.threshold = Hysteresis{5, 30}}, 0, "no voxel is below the threshold 5");
    one({}, 2.5, "told apart by 2.5, which is more than 1/100 of the contrast of 100");
}

TEST_CASE("a part of a grey image is read")
{
    std::vector<std::uint16_t> voxels;
    for (int i = 0; i < 40 * 5 * 6; ++i) voxels.push_back(static_cast<std::uint16_t>(i));
    PerAxis<Crop> crop;
    crop[Axis::z] = {3, 38};
    crop[Axis::y] = {1, 4};
    crop[Axis::x] = {2, 5};
    const auto grey = read_back(voxels, {40, 5, 6}, format::VoxelType::u16, crop);
    REQUIRE(grey.shape == Shape{35, 3, 3});
    std::int64_t i = 0, wrong = 0;
    for (int z = 3; z < 38; ++z)
        for (int y = 1; y < 4; ++y)
            for (int x = 2; x < 5; ++x) wrong += grey.voxels[static_cast<std::size_t>(i++)] != (z * 5 + y) * 6 + x;
    CHECK(wrong == 0);
}

TEST_CASE("a threshold parts values below it from the others")
{
    const LevelMap bytes{}, signed_words{.first = -32768}, spread{.first = -1, .step = 2.0 / 65535};
    CHECK(bytes.cut(90) == 90);
    CHECK(bytes.cut(89.5) == 90);
    CHECK(bytes.cut(-3) == 0);
    CHECK(bytes.cut(1e9) == 65536);
    CHECK(signed_words.cut(0) == 32768);
    for (const auto& map : {bytes, signed_words, spread})
        for (const std::int32_t cut : {0, 1, 30000, 65535}) CHECK(map.cut(map.threshold(cut)) == cut);
}

TEST_CASE("two grey values have their threshold in the middle, and no noise")
{
    const auto world = Communicator::world();
    auto grey = test::make_grey(world, {20, 20, 20}, [](auto x, auto, auto) { return x < 8 ? 10 : 200; });
    LabelSlab slab;
    const auto s = segment(world, {}, grey, slab);
    CHECK(s.thresholds == std::vector<double>{104.5});
    CHECK(s.porosity() == 0.4);
    CHECK(s.noise == 0);
    CHECK(s.contrast == 190.0);
    CHECK_FALSE(s.contrast_over_noise.has_value());
    CHECK(s.histogram.voxels.size() == 191);
    CHECK(s.histogram.first == 9.5);

    auto flat = test::make_grey(world, {20, 5, 5}, [](auto, auto, auto) { return 7; });
    CHECK_THROWS_AS(segment(world, {}, flat, slab), parallel::AgreedError);
}

TEST_CASE("bright pores are dark ones of the negative")
{
    const auto world = Communicator::world();
    const Shape shape{20, 24, 18};
    const auto labels = [&](bool bright, const Threshold& threshold, bool watershed) {
        auto grey = test::make_grey(
            world, shape, [&](auto... at) { return bright ? 65535 - test::grey_rock(at...) : test::grey_rock(at...); });
        LabelSlab slab;
        segment(world, {.threshold = threshold, .watershed = watershed, .bright_pores = bright}, grey, slab);
        return slab.labels;
    };
    CHECK(labels(true, Otsu{}, false) == labels(false, Otsu{}, false));
    CHECK(labels(true, Otsu{3}, true) == labels(false, Otsu{3}, true));
    CHECK(labels(true, Hysteresis{39535, 43535}, false) == labels(false, Hysteresis{22000.5, 26000.5}, false));
}

TEST_CASE("a round sample is found, and what is outside is neither pore nor solid")
{
    const auto world = Communicator::world();
    const Shape shape{20, 90, 100};
    const auto inside = [](auto x, auto y) { return std::hypot(x - 52.5, y - 43.5) <= 38; };
    auto grey = test::make_grey(world, shape, [&](auto x, auto y, auto z) {
        if (!inside(x, y)) return 3000 + 900 * test::normal_noise(x, y, z, 2);
        return (x / 10 + y / 10 + z / 10) % 3 == 0 ? 20000.0 : 30000.0;
    });
    LabelSlab slab;
    const auto s = segment(world, {.islands = 0, .round = true}, grey, slab);
    REQUIRE(s.cylinder.has_value());
    CHECK(s.cylinder->x == Approx(53).margin(0.2));
    CHECK(s.cylinder->y == Approx(44).margin(0.2));
    CHECK(s.cylinder->radius == Approx(38).margin(0.2));
    CHECK(s.outside_voxels + s.classes[0].voxels + s.classes[1].voxels == shape.voxels());
    CHECK(static_cast<double>(s.outside_voxels) == Approx(20 * (9000 - 3.14159 * 38 * 38)).epsilon(0.02));
    CHECK(s.thresholds[0] == Approx(25000).epsilon(0.01)); // what is outside does not count

    auto square = test::make_grey(world, shape, [](auto x, auto, auto) { return x < 50 ? 20000 : 30000; });
    CHECK_THROWS_AS(segment(world, {.round = true}, square, slab), parallel::AgreedError);
}
