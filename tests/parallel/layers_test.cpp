// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/layers.hpp"
#include "support/catch.hpp"
#include "support/made_image.hpp"

using namespace lapilli;
using parallel::Communicator;

namespace {

bool is_pore(std::int64_t x, std::int64_t y, std::int64_t z) { return test::noise(x, y, z, 5) < 0.3 && z / 16 != 1; }

/// A number that no other voxel and component has.
float number_of(const Shape& shape, std::int64_t x, std::int64_t y, std::int64_t z, int component)
{
    return static_cast<float>(1 + component + 3 * ((z * shape.ny + y) * shape.nx + x));
}

/// How many values of the layers are wrong or missing, all ranks.
std::int64_t wrong_values(const Communicator& comm, const Shape& shape, int components)
{
    const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, is_pore));
    std::vector<float> values;
    for (const auto& b : pores.owned_bricks())
        brick::for_each_pore(b, [&](int row, int x, int) {
            for (int c = 0; c < components; ++c)
                values.push_back(number_of(shape, pores.coordinate(b, Axis::x, row, x), pores.coordinate(b, Axis::y, row, x),
                                           pores.coordinate(b, Axis::z, row, x), c));
        });
    std::int64_t seen = 0, wrong = 0, calls = 0;
    image::to_layers<float>(pores, values, components, [&](PlaneRange planes, std::span<const float> got) {
        ++calls;
        auto at = got.begin();
        for (std::int64_t z = planes.first; z < planes.last; ++z)
            for (std::int64_t y = 0; y < shape.ny; ++y)
                for (std::int64_t x = 0; x < shape.nx; ++x)
                    for (int c = 0; c < components; ++c, ++seen)
                        if (*at++ != (is_pore(x, y, z) ? number_of(shape, x, y, z, c) : 0)) ++wrong;
        if (planes.count() > brick::edge) ++wrong;
        // in the order of z, over all ranks
        const std::int64_t layer = (calls - 1) * comm.size() + comm.rank();
        if (planes.first != std::min(shape.nz, layer * brick::edge)) ++wrong;
    });
    if (comm.max(calls) != comm.min(calls)) ++wrong;
    return comm.sum(wrong) + std::abs(comm.sum(seen) - shape.voxels() * components);
}

} // namespace

TEST_CASE("fields come back from the bricks to every voxel of the layers", "[seven]")
{
    for (const auto& shape : {Shape{70, 33, 20}, Shape{1, 40, 50}, Shape{17, 16, 16}, Shape{16, 5, 3}})
        for (const int components : {1, 3}) CHECK(wrong_values(Communicator::world(), shape, components) == 0);
}

TEST_CASE("an image without pores has layers of zeros")
{
    const auto comm = Communicator::world();
    const Shape shape{20, 4, 4};
    const image::PoreSpace none(comm, shape, {});
    std::int64_t zeros = 0;
    image::to_layers<std::uint8_t>(none, {}, 1, [&](PlaneRange, std::span<const std::uint8_t> values) {
        zeros += std::count(values.begin(), values.end(), std::uint8_t{0});
    });
    CHECK(comm.sum(zeros) == shape.voxels());
}
