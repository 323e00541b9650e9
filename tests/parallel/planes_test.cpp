// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/planes.hpp"
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include <algorithm>
#include <numeric>

using namespace lapilli;
using parallel::Communicator;

namespace {

constexpr Shape uneven{37, 20, 50}; // nz, ny, nx: bricks at the upper faces are not full
constexpr float solid = -1;

bool in_pores(std::int64_t x, std::int64_t y, std::int64_t z) { return test::noise(x, y, z, 7) < 0.3 && y / 16 != 1; }

float place_of(std::int64_t x, std::int64_t y, std::int64_t z)
{
    return static_cast<float>((z * uneven.ny + y) * uneven.nx + x);
}

image::PoreSpace make_pores(const Communicator& comm) { return {comm, uneven, test::make_bricks(comm, uneven, in_pores)}; }

std::vector<float> places(const image::PoreSpace& pores)
{
    std::vector<float> values;
    for (const auto& b : pores.owned_bricks())
        brick::for_each_pore(b, [&](int row, int x, int) {
            values.push_back(place_of(pores.coordinate(b, Axis::x, row, x), pores.coordinate(b, Axis::y, row, x),
                                      pores.coordinate(b, Axis::z, row, x)));
        });
    return values;
}

} // namespace

TEST_CASE("a plane across any axis is gathered on rank 0, whoever owns its pores")
{
    const auto comm = Communicator::world();
    const auto pores = make_pores(comm);
    const auto values = places(pores);
    for (const image::Plane plane : {image::Plane{Axis::x, 49}, image::Plane{Axis::y, 3}, image::Plane{Axis::z, 16}}) {
        const auto got = image::gather_plane<float>(pores, plane, values, solid);
        if (!comm.is_root()) {
            CHECK(got.empty());
            continue;
        }
        std::vector<float> expected;
        PerAxis<std::int64_t> at;
        at[plane.normal] = plane.index;
        for (at[plane.down()] = 0; at[plane.down()] < uneven.along(plane.down()); ++at[plane.down()])
            for (at[plane.across()] = 0; at[plane.across()] < uneven.along(plane.across()); ++at[plane.across()]) {
                const auto [x, y, z] = at.values;
                expected.push_back(in_pores(x, y, z) ? place_of(x, y, z) : solid);
            }
        CHECK(got == expected);
    }
}

TEST_CASE("shares of pores in cubes are those of all voxels, also of cubes that two ranks share or that a face cuts")
{
    const auto comm = Communicator::world();
    const auto pores = make_pores(comm);
    const auto shares = image::pore_shares(pores, 10); // cubes of 5: none begins with a brick but the first
    CHECK(shares.edge == 5);
    CHECK(shares.shape == Shape{8, 4, 10});
    if (!comm.is_root()) return;
    std::vector<std::uint8_t> expected;
    for (std::int64_t z = 0; z < uneven.nz; z += 5)
        for (std::int64_t y = 0; y < uneven.ny; y += 5)
            for (std::int64_t x = 0; x < uneven.nx; x += 5) {
                std::int64_t inside = 0, all = 0;
                for (auto c = z; c < std::min(uneven.nz, z + 5); ++c)
                    for (auto b = y; b < std::min(uneven.ny, y + 5); ++b)
                        for (auto a = x; a < std::min(uneven.nx, x + 5); ++a, ++all) inside += in_pores(a, b, c) ? 1 : 0;
                expected.push_back(static_cast<std::uint8_t>(255 * inside / all));
            }
    CHECK(shares.shares == expected);
}

TEST_CASE("pores are counted in each plane across each axis")
{
    const auto pores = make_pores(Communicator::world());
    const auto counts = image::pores_in_planes(pores);
    PerAxis<std::vector<std::int64_t>> expected;
    for (const Axis axis : all_axes) expected[axis].resize(uneven.along(axis));
    for (std::int64_t z = 0; z < uneven.nz; ++z)
        for (std::int64_t y = 0; y < uneven.ny; ++y)
            for (std::int64_t x = 0; x < uneven.nx; ++x)
                if (in_pores(x, y, z)) {
                    ++expected[Axis::x][x];
                    ++expected[Axis::y][y];
                    ++expected[Axis::z][z];
                }
    CHECK(counts == expected);
    CHECK(std::accumulate(counts[Axis::y].begin(), counts[Axis::y].end(), std::int64_t{0}) == pores.total_pores());
}
