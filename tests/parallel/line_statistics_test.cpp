// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/line_statistics.hpp"
#include "image/mean_chord.hpp"
#include "image/read.hpp"
#include "support/catch.hpp"
#include "support/data_folder.hpp"
#include "support/made_image.hpp"

#include <algorithm>

using namespace lapilli;
using parallel::Communicator;

namespace {

bool some_pores(std::int64_t x, std::int64_t y, std::int64_t z) { return test::noise(x, y, z, 9) < 0.7 && x / 16 != 1; }

/// What is outside the sample: nearly all of some bricks, with pores or without, lumps, and noise.
bool out_of_sample(std::int64_t x, std::int64_t y, std::int64_t z)
{
    if (y > 36) return test::noise(x, y, z, 4) < 0.1;
    return x > 15 ? test::noise(x / 16, y / 16, z / 16, 5) < 0.4 : test::noise(x / 3, y / 2, z / 3, 6) < 0.2;
}

/// Of all lines along an axis, by the definition.
template <class Pore, class Outside>
geometry::LineStatistics by_hand(const Shape& shape, Axis axis, bool periodic, std::int64_t lags, Pore&& pore,
                                 Outside&& outside)
{
    const std::int64_t n = shape.along(axis);
    geometry::LineStatistics found{morphology::Chords(n), {}};
    found.two_point.both.resize(lags);
    found.two_point.pairs.resize(lags);
    const Axis across = axis == Axis::x ? Axis::y : Axis::x, down = axis == Axis::z ? Axis::y : Axis::z;
    PerAxis<std::int64_t> at;
    for (at[down] = 0; at[down] < shape.along(down); ++at[down])
        for (at[across] = 0; at[across] < shape.along(across); ++at[across]) {
            std::vector<bool> line, out;
            for (at[axis] = 0; at[axis] < n; ++at[axis]) {
                out.push_back(outside(at[Axis::x], at[Axis::y], at[Axis::z]));
                line.push_back(!out.back() && pore(at[Axis::x], at[Axis::y], at[Axis::z]));
            }
            for (std::int64_t lag = 0; lag < lags; ++lag)
                for (std::int64_t i = 0; i < (periodic ? n : n - lag); ++i) {
                    if (out[i] || out[(i + lag) % n]) continue;
                    ++found.two_point.pairs[lag];
                    if (line[i] && line[(i + lag) % n]) ++found.two_point.both[lag];
                }
            if (periodic) std::rotate(line.begin(), std::find(line.begin(), line.end(), false), line.end());
            for (std::int64_t from = 0, to = 0; from < n; from = to + 1) {
                for (to = from; to < n && line[to];) ++to;
                if (to == from) continue;
                const bool cut = periodic ? to - from == n : from == 0 || to == n || out[from - 1] || out[to];
                if (!cut) ++found.chords.whole[to - from];
                found.chords.cut += cut ? 1 : 0;
                found.chords.cut_voxels += cut ? to - from : 0;
            }
        }
    return found;
}

/// Of another program.
struct KnownRock {
    const char* file;
    std::int64_t edge, crop;
    PerAxis<std::int64_t> whole, cut;
    PerAxis<double> mean, two_point_1, two_point_10;
};

void check(const KnownRock& rock)
{
    const auto path = test::data_file(rock.file);
    if (path.empty()) return;
    const auto comm = Communicator::world();
    const format::RawFormat raw{.shape = Shape{rock.edge, rock.edge, rock.edge}, .type = format::VoxelType::u8};
    const Crop crop{0, rock.crop};
    auto image = image::read_image(comm, {path, raw, {crop, crop, crop}}, {{0, 1}});
    const image::PoreSpace pores(comm, image.shape, std::move(image.bricks));
    const auto found = geometry::line_statistics(pores);
    for (const Axis axis : all_axes) {
        INFO(rock.file << " along " << name(axis));
        const auto& [chords, two_point] = found[axis];
        CHECK(chords.whole_count() == rock.whole[axis]);
        CHECK(chords.cut == rock.cut[axis]);
        CHECK(chords.mean() == Approx(rock.mean[axis]).epsilon(1e-7));
        CHECK(*two_point.share(1) == Approx(rock.two_point_1[axis]).epsilon(1e-7));
        CHECK(*two_point.share(10) == Approx(rock.two_point_10[axis]).epsilon(1e-6));
        CHECK(std::ssize(two_point.both) == std::min<std::int64_t>(100, rock.crop / 2) + 1);
    }
}

} // namespace

TEST_CASE("chords and pairs along the axes are those of all lines, whoever owns the bricks")
{
    const auto comm = Communicator::world();
    for (const Shape& shape : {Shape{37, 20, 50}, Shape{16, 48, 33}, Shape{1, 40, 17}, Shape{1, 1, 5}})
        for (const auto& [beyond, all_sample] :
             {std::pair{Boundary::sealed, true}, {Boundary::periodic, true}, {Boundary::sealed, false}}) {
            const auto outside = [all = all_sample](auto x, auto y, auto z) { return !all && out_of_sample(x, y, z); };
            const auto in_sample = [&](auto x, auto y, auto z) { return some_pores(x, y, z) && !outside(x, y, z); };
            image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, in_sample), beyond);
            pores.leave_out(test::make_bricks(comm, shape, outside));
            if (all_sample) CHECK(pores.all_sample());
            const auto found = geometry::line_statistics(pores, 12);
            const auto mean_chords = image::mean_chords(pores);
            for (const Axis axis : all_axes) {
                INFO(shape.nx << " x " << shape.ny << " x " << shape.nz << " along " << name(axis) << ", " << name(beyond)
                              << (all_sample ? "" : ", not all sample"));
                const auto& [chords, two_point] = found[axis];
                const auto lags = std::min<std::int64_t>(12, shape.along(axis) / 2) + 1;
                const auto expected = by_hand(shape, axis, beyond == Boundary::periodic, lags, some_pores, outside);
                CHECK(chords.whole == expected.chords.whole);
                CHECK(chords.cut == expected.chords.cut);
                CHECK(chords.cut_voxels == expected.chords.cut_voxels);
                CHECK(two_point.both == expected.two_point.both);
                CHECK(two_point.pairs == expected.two_point.pairs);
                CHECK(two_point.both[0] == pores.total_pores());
                if (beyond == Boundary::sealed) // closed rings have no start, so that the mean of all leaves them out
                    CHECK(mean_chords[axis] * (chords.whole_count() + chords.cut) == Approx(1.0 * pores.total_pores()));
            }
        }
}

TEST_CASE("an image without pores has no chords")
{
    const auto comm = Communicator::world();
    const image::PoreSpace pores(comm, {20, 20, 20}, {});
    for (const auto& along : geometry::line_statistics(pores)) {
        CHECK(along.chords.whole_count() == 0);
        CHECK(along.chords.mean() == 0);
        CHECK(along.two_point.share(10) == 0);
    }
}

TEST_CASE("sandstone and limestone have the chords and the correlation of another program")
{
    check({.file = "berea_400x400x400_u8.raw.gz",
           .edge = 400,
           .crop = 128,
           .whole = {41413, 45026, 45002},
           .cut = {6701, 5894, 6662},
           .mean = {9.006809, 8.558544, 8.437469},
           .two_point_1 = {0.18542144, 0.18407290, 0.18371534},
           .two_point_10 = {0.07481410, 0.06776816, 0.07021319}});
    check({.file = "ketton_256x256x256_u8.raw.gz",
           .edge = 256,
           .crop = 256,
           .whole = {248531, 262655, 287367},
           .cut = {18083, 13542, 19003},
           .mean = {7.929896, 7.667575, 6.903134},
           .two_point_1 = {0.11140580, 0.11083236, 0.10902686},
           .two_point_10 = {0.04197122, 0.03920671, 0.03237456}});
}

TEST_CASE("the whole of Berea sandstone has the chords and the correlation of another program", "[slow]")
{
    check({.file = "berea_400x400x400_u8.raw.gz",
           .edge = 400,
           .crop = 400,
           .whole = {1290868, 1341518, 1370187},
           .cut = {63916, 59002, 57550},
           .mean = {9.275867, 8.974837, 8.818166},
           .two_point_1 = {0.17572384, 0.17500742, 0.17458109},
           .two_point_10 = {0.06932567, 0.06689474, 0.06921378}});
}
