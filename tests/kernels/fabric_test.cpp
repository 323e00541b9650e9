// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/fabric.hpp"
#include "support/catch.hpp"

#include <Eigen/Core>

#include <cmath>
#include <functional>

using namespace lapilli;

namespace {

/// Of a cube whose cells all lie inside, far from its faces.
morphology::Configurations cells_of(int n, const std::function<bool(int x, int y, int z)>& pore)
{
    morphology::Configurations cells{};
    for (int z = 0; z < n; ++z)
        for (int y = 0; y < n; ++y)
            for (int x = 0; x < n; ++x) {
                unsigned c = 0;
                for (unsigned i = 0; i < 8; ++i) {
                    const int up_x = static_cast<int>(i >> 2U), up_y = static_cast<int>(i & 1U),
                              up_z = static_cast<int>(i >> 1U & 1U);
                    if (pore(x + up_x, y + up_y, z + up_z)) c |= 1U << i;
                }
                ++cells[c];
            }
    return cells;
}

double distance(const Tensor& a, const Tensor& b) { return (a - b).cwiseAbs().maxCoeff(); }

Tensor of_normal(Eigen::Vector3d normal)
{
    normal.normalize();
    return normal * normal.transpose();
}

} // namespace

TEST_CASE("the fabric of layers is that of their normal, along axes and diagonals alike, also of voxels that are no cubes")
{
    const auto along_z = cells_of(24, [](int, int, int z) { return z % 8 < 3; });
    CHECK(distance(*morphology::fabric(along_z), of_normal({0, 0, 1})) < 1e-12);
    CHECK_FALSE(morphology::degree_of_anisotropy(*morphology::fabric(along_z)));
    const auto diagonal = cells_of(24, [](int x, int y, int) { return (x + y) % 8 < 3; });
    CHECK(distance(*morphology::fabric(diagonal), of_normal({1, 1, 0})) < 0.01);
    const auto corner = cells_of(24, [](int x, int y, int z) { return (x + y + z) % 8 < 3; });
    CHECK(distance(*morphology::fabric(corner), of_normal({1, 1, 1})) < 0.01);
    // with edges of 1, 1, 2 the planes x + z = constant have the normal (1, 0, 1/2)
    const auto flat = cells_of(24, [](int x, int, int z) { return (x + z) % 8 < 3; });
    CHECK(distance(*morphology::fabric(flat, {1, 1, 2}), of_normal({1, 0, 0.5})) < 0.02);
}

TEST_CASE("the fabric of parallel fibres has half of each direction across them and nothing along them")
{
    const auto round = [](double a, double b) { return std::hypot(a, b) < 9.3; };
    const auto along_z = cells_of(32, [&](int x, int y, int) { return round(x - 16.2, y - 15.8); });
    Tensor expected = Tensor::Identity() / 2;
    expected(2, 2) = 0;
    CHECK(distance(*morphology::fabric(along_z), expected) < 0.02);
    // along (1, 1, 0): across it are z and (1, -1, 0)
    const auto tilted = // as a periodic image has it: no part is shorter than another
        cells_of(40, [&](int x, int y, int z) { return round(((x - y + 60) % 40 - 20.0) / std::sqrt(2), z - 20.1); });
    CHECK(distance(*morphology::fabric(tilted), (Tensor::Identity() - of_normal({1, 1, 0})) / 2) < 0.03);
}

TEST_CASE("a ball has no direction; one that is drawn out has the ratio of its mean intercepts")
{
    const auto ellipsoid = [](double stretch) {
        return cells_of(60, [=](int x, int y, int z) { return std::hypot(x - 30.1, y - 29.8, (z - 30.2) / stretch) < 12; });
    };
    CHECK(distance(*morphology::fabric(ellipsoid(1)), Tensor::Identity() / 3) < 0.005);
    CHECK(*morphology::degree_of_anisotropy(*morphology::fabric(ellipsoid(1))) == Approx(1).margin(0.02));
    // chords of an ellipsoid along an axis are in proportion to it: crossings per length to the projected area
    CHECK(*morphology::degree_of_anisotropy(*morphology::fabric(ellipsoid(2))) == Approx(2).epsilon(0.03));
}

TEST_CASE("an image of one kind of voxel has no fabric")
{
    CHECK_FALSE(morphology::fabric(cells_of(8, [](int, int, int) { return true; })));
    CHECK_FALSE(morphology::fabric(cells_of(8, [](int, int, int) { return false; })));
}
