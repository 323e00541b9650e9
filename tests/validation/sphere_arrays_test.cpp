// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include "synthetic/labels.hpp"
#include "synthetic/sphere_array.hpp"

#include <cmath>
#include <map>

using namespace lapilli;
using synthetic::Lattice;

namespace {

/// D/D0 of periodic arrays of spheres by a multipole method, all digits converged; by fraction of spheres.
using Table = std::map<double, double>;

const std::map<Lattice, Table> insulating{
    {Lattice::simple_cubic, {{.1, .857112}, {.2, .726703}, {.3, .605661}, {.4, .490110}, {.45, .432718}, {.5, .37374}}},
    {Lattice::body_centred, {{.1, .857139}, {.2, .727203}, {.3, .608272}, {.4, .498465}, {.5, .395757}, {.6, .297513}}},
    {Lattice::face_centred, {{.1, .857141}, {.2, .727226}, {.3, .608390}, {.4, .498813}, {.5, .396538}, {.6, .299168}}}};
const Table conducting_simple_cubic{{.1, 1.3336}, {.2, 1.7559}, {.3, 2.3329}, {.4, 3.2626}};

/// Fraction of spheres at which Maxwell's formula has this D/D0: nearly the fraction itself.
double maxwell_fraction(double d, bool conducting) { return conducting ? (d - 1) / (d + 2) : (1 - d) / (1 + d / 2); }
double maxwell(double f, bool conducting) { return conducting ? (1 + 2 * f) / (1 - f) : (1 - f) / (1 + f / 2); }

/// Relative error of D/D0 in cells of n^3 voxels against the table, which is carried from its fraction of spheres to that of
/// the voxels along Maxwell's formula. @param sigma  of the spheres, the space between them having 1
double error_of(Lattice lattice, double fraction, double expected, std::int64_t n, double sigma)
{
    const synthetic::SphereArray recipe{{n, n, n}, lattice, fraction, 1};
    std::vector<std::uint8_t> labels(static_cast<std::size_t>(recipe.shape.voxels()));
    synthetic::fill(recipe, {0, n}, labels);
    const auto solid = std::count(labels.begin(), labels.end(), synthetic::solid);
    const auto phase = [&](auto x, auto y, auto z) {
        if (labels[static_cast<std::size_t>((z * n + y) * n + x)] == synthetic::pore) return 1;
        return sigma > 0 ? 2 : 0;
    };
    const auto d = test::diffusivity_of(
        parallel::Communicator::world(), recipe.shape, phase,
        {.conductivity = sigma > 0 ? std::vector{1.0, sigma} : std::vector{1.0}, .accuracy = 1e-6}, Boundary::periodic);
    const Tensor& tensor = d.tensor->effective;
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) // cubic symmetry
            CHECK(tensor(i, j) == Approx(i == j ? tensor(0, 0) : 0.0).epsilon(1e-5).margin(1e-6));
    const double own_fraction = static_cast<double>(solid) / static_cast<double>(recipe.shape.voxels());
    const bool conducting = sigma > 0;
    const double reference = maxwell(maxwell_fraction(expected, conducting) + own_fraction - fraction, conducting);
    return tensor(0, 0) / reference - 1;
}

} // namespace

// Voxels make spheres rough, which costs at first order in their size: the error halves when they do, and the value
// extrapolated from two sizes is that of smooth spheres.
TEST_CASE("arrays of insulating spheres have the known diffusivity to first order in the voxel")
{
    for (const auto& [lattice, table] : insulating)
        for (const double fraction : {.2, .4}) {
            INFO(synthetic::letters(lattice) << " " << fraction);
            const double coarse = error_of(lattice, fraction, table.at(fraction), 32, 0);
            const double fine = error_of(lattice, fraction, table.at(fraction), 64, 0);
            INFO("errors " << coarse << " at 32, " << fine << " at 64");
            CHECK(std::abs(fine) < 0.035);
            CHECK(std::log2(coarse / fine) == Approx(1).margin(0.25));
            CHECK(std::abs(2 * fine - coarse) < 0.005);
        }
}

TEST_CASE("arrays of nearly perfectly conducting spheres have the known conductivity to first order in the voxel")
{
    for (const auto& [fraction, expected] : conducting_simple_cubic) {
        INFO("fraction " << fraction);
        const double coarse = error_of(Lattice::simple_cubic, fraction, expected, 32, 1e4);
        const double fine = error_of(Lattice::simple_cubic, fraction, expected, 64, 1e4);
        INFO("errors " << coarse << " at 32, " << fine << " at 64");
        CHECK(std::abs(fine) < 0.015);
        CHECK(std::log2(coarse / fine) == Approx(1).margin(0.35));
        CHECK(std::abs(2 * fine - coarse) < 0.005);
    }
}

TEST_CASE("arrays of insulating spheres of all fractions tend to the known diffusivity", "[slow]")
{
    for (const auto& [lattice, table] : insulating)
        for (const auto& [fraction, expected] : table) {
            INFO(synthetic::letters(lattice) << " " << fraction);
            const double coarse = error_of(lattice, fraction, expected, 64, 0);
            const double fine = error_of(lattice, fraction, expected, 128, 0);
            INFO("errors " << coarse << " at 64, " << fine << " at 128");
            CHECK(std::abs(fine) < 0.035);
            CHECK(std::log2(coarse / fine) == Approx(1).margin(0.25));
            CHECK(std::abs(2 * fine - coarse) < 0.005);
        }
}
