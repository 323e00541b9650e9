// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Pore shapes of real rocks. The digests were found by an independent program with dense arrays, which was compared voxel by
// voxel with brute force, and its thickness and invasion with PoreSpy 3.2.
#include "geometry/access.hpp"
#include "geometry/distance.hpp"
#include "geometry/painting.hpp"
#include "image/read.hpp"
#include "property/pore_size.hpp"
#include "support/catch.hpp"
#include "support/data_folder.hpp"
#include "support/dense_shape.hpp"

#include <cmath>

using namespace lapilli;
using geometry::Tiles;
using parallel::Communicator;

namespace {

/// FNV-1a of a dense field of 16-bit numbers, little endian.
std::uint64_t digest(const image::PoreSpace& pores, const Tiles<std::uint16_t>& tiles)
{
    std::uint64_t hash = 1469598103934665603ULL;
    for (const auto value : test::dense(pores, tiles))
        for (const int shift : {0, 8})
            hash = (hash ^ (static_cast<std::uint64_t>(value) >> shift & 0xff)) * 1099511628211ULL;
    return hash;
}

/// @param corner  edge of the cube to be read
image::PoreSpace read_pores(const Communicator& comm, const std::string& file, std::int64_t edge, std::int64_t corner)
{
    image::ImageSource source{file, {.shape = Shape{edge, edge, edge}, .type = format::VoxelType::u8}};
    for (auto& range : source.crop) range = {0, corner};
    auto image = image::read_image(comm, source, {{0, 1}});
    return {comm, image.shape, std::move(image.bricks)};
}

} // namespace

TEST_CASE("distances, radii, access, invasion and escape of Berea's corner are those of another program")
{
    const auto file = test::data_file("berea_400x400x400_u8.raw.gz");
    if (file.empty()) return;
    const auto comm = Communicator::world();
    const auto pores = read_pores(comm, file, 400, 128);
    REQUIRE(pores.total_pores() == 433933);
    const geometry::KnownBricks known(pores, 1);
    const geometry::GhostLayers ghosts(known);
    const auto distances = std::get<0>(geometry::squared_distances(pores, {}));
    CHECK(digest(pores, distances) == 0x1c24916d70d56b32);
    CHECK(digest(pores, geometry::paint_balls(known, ghosts, distances, {})) == 0x1bac71a6d451ca0a);
    const auto inlet = geometry::pores_in_face(known, Axis::z, false);
    const auto access = geometry::widest_access(known, ghosts, distances, inlet, Axis::z);
    CHECK(digest(pores, access) == 0x4833e96dab55e215);
    CHECK(digest(pores, geometry::paint_balls(known, ghosts, access, {})) == 0xe6d2db6de9a45368);
    CHECK(geometry::critical_level(known, ghosts, distances, Axis::z) == 6);
}

TEST_CASE("the pore sizes of Ketton are those of another program")
{
    const auto file = test::data_file("ketton_256x256x256_u8.raw.gz");
    if (file.empty()) return;
    const auto comm = Communicator::world();
    const auto pores = read_pores(comm, file, 256, 256);
    const auto size = property::measure_pore_size(pores, {}, property::Convention::lapilli);
    CHECK(size.voxels == 2128392);
    CHECK(std::abs(size.mean_radius() - 3.975601991) < 1e-9);
    CHECK(std::abs(size.mean_distance - 1.932501) < 1e-6);
    CHECK(size.percentile(0.5) == std::sqrt(14.0));
    CHECK(size.percentile(0.99) == 9);
    CHECK(size.classes.back().radius == std::sqrt(99.0));
}
