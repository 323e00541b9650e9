// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Pore networks of real rocks, as an independent program with dense arrays found them, and of ducts with known sections.
#include "image/connectivity.hpp"
#include "image/read.hpp"
#include "property/network.hpp"
#include "support/catch.hpp"
#include "support/data_folder.hpp"
#include "support/made_image.hpp"

#include <cmath>

using namespace lapilli;
using parallel::Communicator;

namespace {

property::PoreNetwork network_of(const Communicator& comm, const std::string& file, std::int64_t edge, std::int64_t corner)
{
    image::ImageSource source{file, {.shape = Shape{edge, edge, edge}, .type = format::VoxelType::u8}};
    for (auto& range : source.crop) range = {0, corner};
    auto image = image::read_image(comm, source, {{0, 1}});
    const image::PoreSpace pores(comm, image.shape, std::move(image.bricks));
    return property::measure_network(pores, image::connect(pores), {}, {});
}

/// @param digits  of the values as they are known
void check(const property::PoreNetwork& network, const PerAxis<double>& factor, const PerAxis<double>& permeability)
{
    for (const Axis axis : all_axes) {
        CHECK(std::abs(network.axes[axis].formation_factor().value_or(0) - factor[axis]) < 0.0051);
        CHECK(std::abs(network.axes[axis].permeability - permeability[axis]) < 0.0000051);
    }
}

} // namespace

TEST_CASE("the pore network of Berea's corner is that of another program")
{
    const auto file = test::data_file("berea_400x400x400_u8.raw.gz");
    if (file.empty()) return;
    const auto network = network_of(Communicator::world(), file, 400, 200);
    CHECK(network.pores == 1295);
    CHECK(network.throats == 1592);
    check(network, {26.31, 22.77, 29.32}, {0.04534, 0.06211, 0.04061});
}

TEST_CASE("the pore network of Ketton is that of another program")
{
    const auto file = test::data_file("ketton_256x256x256_u8.raw.gz");
    if (file.empty()) return;
    const auto network = network_of(Communicator::world(), file, 256, 256);
    CHECK(network.pores == 2195);
    CHECK(network.throats == 3401);
    check(network, {28.61, 33.67, 41.01}, {0.04178, 0.03010, 0.02827});
}

TEST_CASE("the pore network of Berea is that of another program", "[slow]")
{
    const auto file = test::data_file("berea_400x400x400_u8.raw.gz");
    if (file.empty()) return;
    const auto network = network_of(Communicator::world(), file, 400, 400);
    CHECK(network.pores == 10019);
    CHECK(network.throats == 13430);
    check(network, {22.72, 23.15, 24.85}, {0.05970, 0.05906, 0.05302});
}
