// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/interfaces.hpp"

#include "support/catch.hpp"
#include "support/made_image.hpp"

#include <cmath>
#include <numbers>

using namespace lapilli;
using parallel::Communicator;

namespace {

property::Interfaces of(const Shape& shape, Boundary beyond, auto&& phase)
{
    const auto comm = Communicator::world();
    return property::measure_interfaces(image::PoreSpace(comm, shape, test::make_bricks(comm, shape, phase), beyond),
                                        {10, 20, 30});
}

double area(const property::Interfaces& found, std::int32_t a, std::int32_t b)
{
    for (const auto& contact : found.contacts)
        if (contact.labels == std::array{a, b}) return contact.area;
    return 0;
}

} // namespace

TEST_CASE("a ball of two halves has their areas to the outside and between them, and a ring where all three meet")
{
    constexpr double radius = 17, n = 50;
    const Shape shape{50, 50, 50};
    // the cut lies across (1, 1, 1), of which no direction of the grid is preferred
    const auto halves = [](std::int64_t x, std::int64_t y, std::int64_t z) {
        const double dx = x - 24.7, dy = y - 25.2, dz = z - 24.9;
        if (std::hypot(dx, dy, dz) >= radius) return 1;
        return dx + dy + dz > 0 ? 2 : 3;
    };
    const auto found = of(shape, Boundary::sealed, halves);
    const double volume = n * n * n, half = 2 * std::numbers::pi * radius * radius;
    CHECK(area(found, 10, 20) * volume == Approx(half).epsilon(0.06)); // cells inside the faces count for all
    CHECK(area(found, 10, 30) * volume == Approx(half).epsilon(0.06));
    CHECK(area(found, 20, 30) * volume == Approx(0.961 * half / 2).epsilon(0.08));
    REQUIRE(found.lines.size() == 1);
    CHECK(found.lines[0].labels == std::array{10, 20, 30});
    // edges of voxels along circles in all directions were found 1.55 ± 0.07 times as long, where 3/2 is taken
    CHECK(found.lines[0].length * volume == Approx(2 * std::numbers::pi * radius).epsilon(0.15));
    CHECK(found.materials[0].fraction + found.materials[1].fraction + found.materials[2].fraction == Approx(1));
}

TEST_CASE("layers of a periodic image touch across its faces, too, and three of them nowhere")
{
    const Shape shape{24, 20, 18};
    const auto layers = [](std::int64_t, std::int64_t, std::int64_t z) { return 1 + z / 8; };
    const auto sealed = of(shape, Boundary::sealed, layers), periodic = of(shape, Boundary::periodic, layers);
    CHECK(area(sealed, 10, 30) == 0);
    CHECK(area(periodic, 10, 30) == Approx(0.926623 / 24).epsilon(1e-5)); // of a plane across an axis
    CHECK(area(periodic, 10, 20) == Approx(area(periodic, 10, 30)).epsilon(1e-12));
    CHECK(periodic.lines.empty());
}
