// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "brick/cut.hpp"
#include "brick/morton.hpp"
#include "brick/partition.hpp"
#include "brick/tile.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <random>

using namespace lapilli;

namespace {

brick::Mask random_mask(unsigned seed, double porosity)
{
    std::mt19937 random(seed);
    std::bernoulli_distribution pore(porosity);
    brick::Mask mask;
    for (int z = 0; z < brick::edge; ++z)
        for (int y = 0; y < brick::edge; ++y)
            for (int x = 0; x < brick::edge; ++x)
                if (pore(random)) mask.set(x, y, z);
    return mask;
}

/// A brick and six neighbours, and a field whose value says where a pore is.
struct Neighbourhood {
    std::vector<brick::Brick> bricks{7};
    std::vector<float> field;

    explicit Neighbourhood(double porosity)
    {
        std::int32_t first = 0;
        for (std::size_t b = 0; b < bricks.size(); ++b) {
            bricks[b].mask = random_mask(static_cast<unsigned>(b), porosity);
            bricks[b].number(first);
            first += bricks[b].pores;
            if (b > 0) bricks[0].neighbour[b - 1] = static_cast<std::int32_t>(b);
        }
        for (std::int32_t i = 0; i < first + brick::field_padding; ++i) field.push_back(static_cast<float>(i + 1));
    }
    /// The value of the field at a voxel of the middle brick or one beyond a face; 0 in solid.
    float at(int x, int y, int z) const
    {
        int face = -1;
        for (int axis = 0; axis < 3; ++axis) {
            int& c = axis == 0 ? x : axis == 1 ? y : z;
            if (c < 0) face = 2 * axis;
            if (c >= brick::edge) face = 2 * axis + 1;
            c = (c + brick::edge) % brick::edge;
        }
        const auto& b = bricks[static_cast<std::size_t>(face + 1)];
        return b.mask.test(x, y, z) ? field[static_cast<std::size_t>(b.index(z * brick::edge + y, x))] : 0.0F;
    }
};

} // namespace

TEST_CASE("a Morton code gives back its position, and the parent is the code shifted by three")
{
    const brick::Position p{1234567, 7, 2097151};
    CHECK(brick::from_morton(brick::morton(p)) == p);
    CHECK(brick::morton({p.x / 2, p.y / 2, p.z / 2}) == brick::morton(p) >> 3);
}

TEST_CASE("a tile holds a brick and the face layers around it")
{
    for (const double porosity : {0.0, 0.05, 0.4, 1.0}) {
        const Neighbourhood n(porosity);
        brick::Tile<float> tile;
        brick::Tile<float> ones;
        brick::unpack(n.bricks[0], std::span<const brick::Brick>(n.bricks), n.field.data(), tile);
        brick::unpack_ones(n.bricks[0], n.bricks, ones);
        int wrong = 0;
        brick::for_each_pore(n.bricks[0], [&](int r, int x, int) {
            const int y = r % brick::edge, z = r / brick::edge;
            const float* here = tile.row(y, z) + x;
            const float* one = ones.row(y, z) + x;
            constexpr int row = brick::Tile<float>::row_stride, plane = brick::Tile<float>::plane_stride;
            const std::array<std::pair<int, float>, 7> expected{{{0, n.at(x, y, z)},
                                                                 {-1, n.at(x - 1, y, z)},
                                                                 {1, n.at(x + 1, y, z)},
                                                                 {-row, n.at(x, y - 1, z)},
                                                                 {row, n.at(x, y + 1, z)},
                                                                 {-plane, n.at(x, y, z - 1)},
                                                                 {plane, n.at(x, y, z + 1)}}};
            for (const auto& [step, value] : expected)
                wrong += here[step] != value || one[step] != (value == 0 ? 0.0F : 1.0F);
        });
        CHECK(wrong == 0);
    }
}

namespace {

/// Three bricks of any extents, whose neighbours are any of the three, themselves too, or none.
std::vector<brick::Brick> random_bricks(unsigned seed)
{
    std::mt19937 random(seed);
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    std::vector<brick::Brick> bricks(3);
    std::int32_t first = 0;
    for (auto& b : bricks) {
        for (auto& extent : b.extent) extent = static_cast<std::uint8_t>(below(2) == 0 ? 16 : 1 + below(16));
        const auto all = random_mask(random(), std::array{0.1, 0.5, 1.0}[static_cast<std::size_t>(below(3))]);
        for (int r = 0; r < brick::rows; ++r)
            if (r % brick::edge < b.extent[1] && r / brick::edge < b.extent[2])
                b.mask.row[static_cast<std::size_t>(r)] =
                    static_cast<std::uint16_t>(all.row[static_cast<std::size_t>(r)] & ((1U << b.extent[0]) - 1));
        b.number(first);
        first += b.pores;
        for (auto& n : b.neighbour) n = below(4) - 1;
    }
    return bricks;
}

/// Voxels of tiles, full of what was there before, that differ from the field of brick 1 and of what lies around it.
template <class From, class Real>
int wrong_in_tile(const std::vector<brick::Brick>& bricks)
{
    const auto& own = bricks[1];
    std::vector<From> field(static_cast<std::size_t>(bricks.back().first + bricks.back().pores + brick::field_padding));
    for (std::size_t i = 0; i < field.size(); ++i) field[i] = static_cast<From>(i + 1);
    brick::Tile<Real> tile;
    brick::Tile<float> ones;
    std::fill(std::begin(tile.values), std::end(tile.values), static_cast<Real>(-7));
    std::fill(std::begin(ones.values), std::end(ones.values), -7.0F);
    brick::unpack(own, std::span<const brick::Brick>(bricks), field.data(), tile);
    brick::unpack_ones(own, bricks, ones);

    int wrong = 0;
    const auto look = [&](std::array<int, 3> at, int face, int step) {
        const int axis = face / 2, beyond = face % 2 == 0 ? at[axis] - 1 : at[axis] + 1;
        const auto* here = tile.row(at[1], at[2]) + at[0] + step;
        const auto* one = ones.row(at[1], at[2]) + at[0] + step;
        const bool inside = beyond >= 0 && beyond < own.extent[static_cast<std::size_t>(axis)];
        const auto n = inside ? 1 : own.neighbour[static_cast<std::size_t>(face)];
        at[axis] = inside ? beyond : n >= 0 && face % 2 == 0 ? bricks[n].outermost(face + 1) : 0;
        const bool pore = n >= 0 && bricks[n].mask.test(at[0], at[1], at[2]);
        const Real expected = pore ? static_cast<Real>(field[bricks[n].index(at[2] * brick::edge + at[1], at[0])]) : Real{};
        wrong += *here != expected || *one != (pore ? 1.0F : 0.0F);
    };
    constexpr int row = brick::Tile<Real>::row_stride, plane = brick::Tile<Real>::plane_stride;
    brick::for_each_pore(own, [&](int r, int x, int pore) {
        const std::array at{x, r % brick::edge, r / brick::edge};
        wrong += tile.row(at[1], at[2])[x] != static_cast<Real>(field[own.first + pore]);
        int face = 0;
        for (const int step : {-1, 1, -row, row, -plane, plane}) look(at, face++, step);
    });
    return wrong;
}

} // namespace

TEST_CASE("a tile holds what lies around a brick of any extent, in periodic images and others")
{
    for (unsigned seed = 0; seed < 200; ++seed) {
        const auto bricks = random_bricks(seed);
        CAPTURE(seed);
        CHECK(wrong_in_tile<float, float>(bricks) == 0);
        CHECK(wrong_in_tile<std::int32_t, std::int32_t>(bricks) == 0);
        CHECK(wrong_in_tile<double, double>(bricks) == 0);
        CHECK(wrong_in_tile<float, double>(bricks) == 0);
    }
}

TEST_CASE("rows that have a bit are found")
{
    const auto mask = random_mask(7, 0.3);
    for (int x = 0; x < brick::edge; ++x) {
        std::vector<int> found, expected;
        brick::for_each_row_with(mask.row, x, [&](int r) { found.push_back(r); });
        for (int r = 0; r < brick::rows; ++r)
            if (mask.test(x, r % brick::edge, r / brick::edge)) expected.push_back(r);
        CHECK(found == expected);
    }
}

TEST_CASE("packing puts the values of pores in canonical order")
{
    const Neighbourhood n(0.3);
    brick::Tile<float> tile;
    brick::unpack(n.bricks[0], std::span<const brick::Brick>(n.bricks), n.field.data(), tile);
    std::vector<float> packed(static_cast<std::size_t>(n.bricks[0].pores) + brick::field_padding);
    brick::pack(n.bricks[0], tile, packed.data(), [](const float* row, int x) { return row[x]; });
    packed.resize(static_cast<std::size_t>(n.bricks[0].pores));
    CHECK(std::equal(packed.begin(), packed.end(), n.field.begin()));
}

TEST_CASE("voxels become bits, also in rows shorter than a brick")
{
    for (const std::int64_t nx : {1, 7, 16, 21, 40}) {
        const std::int64_t ny = 19, planes = 3;
        std::vector<std::uint8_t> voxels(static_cast<std::size_t>(planes * ny * nx));
        std::mt19937 random(static_cast<unsigned>(nx));
        for (auto& v : voxels) v = static_cast<std::uint8_t>(random() % 3 == 0 ? random() % 256 : 0);
        std::int64_t pores = 0;
        int wrong = 0;
        brick::cut_layer(voxels, planes, ny, nx, [&](std::int64_t bx, std::int64_t by, const brick::Mask& mask) {
            pores += mask.count();
            for (int z = 0; z < brick::edge; ++z)
                for (int y = 0; y < brick::edge; ++y)
                    for (int x = 0; x < brick::edge; ++x)
                        if (mask.test(x, y, z))
                            wrong += voxels[static_cast<std::size_t>((z * ny + by * 16 + y) * nx + bx * 16 + x)] == 0;
        });
        CHECK(wrong == 0);
        CHECK(pores == std::count_if(voxels.begin(), voxels.end(), [](auto v) { return v != 0; }));
    }
}

TEST_CASE("the curve is cut into pieces of nearly equal weight at coarse boundaries")
{
    std::vector<std::uint64_t> codes;
    std::vector<std::int64_t> weights;
    for (std::uint64_t c = 0; c < 4096; ++c) {
        codes.push_back(c);
        weights.push_back(100 + static_cast<std::int64_t>(c % 7));
    }
    const auto partition = brick::cut_curve(codes, weights, 4);
    std::array<std::int64_t, 4> share{};
    for (const auto c : codes) share[static_cast<std::size_t>(partition.owner(c))] += weights[c];
    for (const auto s : share) CHECK(static_cast<double>(s) == Approx(4096 * 103 / 4).epsilon(0.05));
    CHECK(partition.aligned >= 3); // whole eighths of a cube of 16^3
}

TEST_CASE("more ranks than bricks leave some ranks empty, and every brick has one owner")
{
    const std::vector<std::uint64_t> codes{3, 9, 70};
    const std::vector<std::int64_t> weights{5, 1, 900};
    for (const int ranks : {1, 2, 3, 7, 50}) {
        const auto partition = brick::cut_curve(codes, weights, ranks);
        int previous = 0;
        for (const auto c : codes) {
            const int owner = partition.owner(c);
            CHECK(owner >= previous);
            CHECK(owner < ranks);
            previous = owner;
        }
    }
    CHECK(brick::cut_curve({}, {}, 3).owner(0) < 3);
}

TEST_CASE("rows are expanded and packed as voxel by voxel")
{
    std::array<float, 16 + brick::field_padding> values;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i + 1);
    std::array<float, 16> row, expected;
    std::array<float, 16 + brick::field_padding> packed;
    std::size_t different = 0;
    for (unsigned word = 0; word < 0x10000; ++word) {
        const auto bits = static_cast<std::uint16_t>(word);
        expected.fill(0);
        std::size_t k = 0;
        for (std::size_t x = 0; x < 16; ++x)
            if ((word >> x & 1) != 0) expected[x] = values[k++];
        brick::expand_row(bits, values.data(), row.data());
        brick::compress_row(bits, expected.data(), packed.data());
        if (row != expected || !std::equal(packed.begin(), packed.begin() + std::ptrdiff_t(k), values.begin())) ++different;
    }
    CHECK(different == 0);
}
