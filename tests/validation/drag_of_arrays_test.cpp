// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include "synthetic/labels.hpp"
#include "synthetic/sphere_array.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

using namespace lapilli;
using synthetic::Lattice;

namespace {

/// k/L² by the solid fraction. Simple cubic: Zick & Homsy 1982. Body-centred and the square array of cylinders, across:
/// Sangani & Acrivos 1982.
using Table = std::map<double, double>;
const Table simple_cubic{{.064, .076085}, {.125, .039850}, {.216, .019152}, {.343, .0079330}, {.45, .0039715}};
const Table body_centred{{.125, .024232}, {.216, .011603}, {.3, .0063587}, {.343, .0047131}, {.45, .0022264}};
const Table cylinders{{.05, .064267}, {.1, .040274}, {.2, .019406}, {.3, .0097182}, {.4, .0045895}};

/// The table between its fractions: a parabola through the logarithms of three of them.
double at(const Table& table, double fraction)
{
    auto b = table.lower_bound(fraction);
    if (b == table.begin()) ++b;
    if (b == table.end() || std::next(b) == table.end()) b = std::prev(table.end(), 2);
    const auto a = std::prev(b), c = std::next(b);
    const auto weight = [&](auto p, auto q, auto r) {
        return (fraction - q->first) * (fraction - r->first) / ((p->first - q->first) * (p->first - r->first));
    };
    return std::exp(weight(a, b, c) * std::log(a->second) + weight(b, a, c) * std::log(b->second) +
                    weight(c, a, b) * std::log(c->second));
}

/// Relative error of k along x in an image of nx voxels, by its own solid fraction.
template <class Pore>
double error_of(const Table& table, const Shape& shape, double solid_fraction, Pore&& pore)
{
    const auto k =
        test::permeability_of(parallel::Communicator::world(), shape, pore, {.accuracy = 1e-5}, Boundary::periodic);
    CHECK(k.converged());
    const auto edge = static_cast<double>(shape.nx);
    return k.tensor->voxel2(0, 0) / (edge * edge) / at(table, solid_fraction) - 1;
}

double error_of_spheres(const Table& table, Lattice lattice, double fraction, std::int64_t n)
{
    const synthetic::SphereArray recipe{{n, n, n}, lattice, fraction, 1};
    std::vector<std::uint8_t> labels(static_cast<std::size_t>(recipe.shape.voxels()));
    synthetic::fill(recipe, {0, n}, labels);
    const auto solid = static_cast<double>(std::count(labels.begin(), labels.end(), synthetic::solid));
    return error_of(table, recipe.shape, solid / static_cast<double>(labels.size()), [&](auto x, auto y, auto z) {
        return labels[static_cast<std::size_t>((z * n + y) * n + x)] == synthetic::pore;
    });
}

double error_of_cylinders(double fraction, std::int64_t n)
{
    const double radius = static_cast<double>(n) * std::sqrt(fraction / std::numbers::pi);
    const double centre = static_cast<double>(n) / 2 - 0.5;
    double solid = 0;
    const auto pore = [&](auto x, auto y, auto) {
        const double dx = static_cast<double>(x) - centre, dy = static_cast<double>(y) - centre;
        return dx * dx + dy * dy >= radius * radius;
    };
    for (std::int64_t y = 0; y < n; ++y)
        for (std::int64_t x = 0; x < n; ++x) solid += pore(x, y, 0) ? 0 : 1;
    return error_of(cylinders, {2, n, n}, solid / static_cast<double>(n * n), pore);
}

} // namespace

TEST_CASE("arrays of spheres have the known drag")
{
    for (const auto& [lattice, table] :
         {std::pair{Lattice::simple_cubic, simple_cubic}, {Lattice::body_centred, body_centred}})
        for (const double fraction : {.125, .216, .343}) {
            const double coarse = error_of_spheres(table, lattice, fraction, 32);
            INFO(synthetic::letters(lattice) << " " << fraction << ": error " << coarse << " at 32");
            CHECK(std::abs(coarse) < 0.05);
            if (fraction != .216) continue;
            const double fine = error_of_spheres(table, lattice, fraction, 64);
            INFO("error " << fine << " at 64");
            CHECK(std::abs(fine) < 0.025);
        }
}

TEST_CASE("a simple cubic array of 128 voxels has its drag to one per cent", "[slow]")
{
    const double error = error_of_spheres(simple_cubic, Lattice::simple_cubic, .216, 128);
    INFO("error " << error);
    CHECK(std::abs(error) < 0.01);
}

TEST_CASE("square arrays of cylinders have the known drag")
{
    for (const double fraction : {.1, .2, .3}) {
        const double coarse = error_of_cylinders(fraction, 64), fine = error_of_cylinders(fraction, 128);
        INFO(fraction << ": errors " << coarse << " at 64, " << fine << " at 128");
        CHECK(std::abs(coarse) < 0.03);
        CHECK(std::abs(fine) < 0.015);
    }
}
