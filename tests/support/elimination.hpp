// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "support/catch.hpp"

#include "core/axis.hpp"
#include "core/boundary.hpp"
#include "core/shape.hpp"
#include "core/voxel_edges.hpp"

#include <array>
#include <cstdint>
#include <vector>

#include <Eigen/Sparse>

namespace lapilli::test {

/// Conductivity along an axis by finite volumes, assembled in the unit of the edges and solved directly.
/// @param phase         phase(x, y, z), 0 for solid
/// @param conductivity  of the phases 1, 2, ...
template <class Phase>
double by_elimination(const Shape& shape, const VoxelEdges& edges, Axis axis, Boundary beyond, Phase&& phase,
                      const std::vector<double>& conductivity)
{
    const auto index = [&](std::int64_t x, std::int64_t y, std::int64_t z) {
        return static_cast<int>((z * shape.ny + y) * shape.nx + x);
    };
    const auto sigma = [&](std::int64_t x, std::int64_t y, std::int64_t z) {
        const int p = phase(x, y, z);
        return p == 0 ? 0.0 : conductivity[static_cast<std::size_t>(p) - 1];
    };
    const double voxel = edges.x * edges.y * edges.z;
    std::vector<Eigen::Triplet<double>> entries;
    Eigen::VectorXd b = Eigen::VectorXd::Zero(shape.voxels());
    std::vector<std::array<double, 4>> links; // from, to, conductance, drop of the mean gradient between them
    for (std::int64_t z = 0; z < shape.nz; ++z)
        for (std::int64_t y = 0; y < shape.ny; ++y)
            for (std::int64_t x = 0; x < shape.nx; ++x) {
                const int i = index(x, y, z);
                entries.emplace_back(i, i, 1e-12); // solid voxels, and islands
                for (const Axis a : all_axes) {
                    std::array<std::int64_t, 3> p{x, y, z};
                    auto& moving = p[static_cast<std::size_t>(a)];
                    const double conductance = voxel / (edges.along(a) * edges.along(a));
                    if (beyond == Boundary::sealed && a == axis && (moving == 0 || moving + 1 == shape.along(a))) {
                        const bool in = moving == 0, out = moving + 1 == shape.along(a);
                        const double c = 2 * conductance * sigma(x, y, z);
                        entries.emplace_back(i, i, c * ((in ? 1 : 0) + (out ? 1 : 0)));
                        if (in) b[i] += c;
                    }
                    if (++moving == shape.along(a)) {
                        if (beyond == Boundary::sealed) continue;
                        moving = 0;
                    }
                    const double s = sigma(x, y, z), t = sigma(p[0], p[1], p[2]);
                    if (s == 0 || t == 0) continue;
                    const double c = conductance * 2 * s * t / (s + t);
                    const int j = index(p[0], p[1], p[2]);
                    entries.emplace_back(i, i, c);
                    entries.emplace_back(j, j, c);
                    entries.emplace_back(i, j, -c);
                    entries.emplace_back(j, i, -c);
                    const double falls = beyond == Boundary::periodic && a == axis ? edges.along(a) : 0;
                    links.push_back({static_cast<double>(i), static_cast<double>(j), c, falls});
                    b[i] -= c * falls;
                    b[j] += c * falls;
                }
            }
    Eigen::SparseMatrix<double> matrix(shape.voxels(), shape.voxels());
    matrix.setFromTriplets(entries.begin(), entries.end());
    const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> factors(matrix);
    REQUIRE(factors.info() == Eigen::Success);
    const Eigen::VectorXd c = factors.solve(b);
    const double volume = voxel * static_cast<double>(shape.voxels()),
                 length = edges.along(axis) * static_cast<double>(shape.along(axis));
    if (beyond == Boundary::periodic) {
        double power = 0; // of a gradient of 1
        for (const auto& [i, j, conductance, falls] : links) {
            const double d = c[static_cast<int>(i)] - c[static_cast<int>(j)] + falls;
            power += conductance * d * d;
        }
        return power / volume;
    }
    double flux = 0; // for a drop of 1
    for (std::int64_t i = 0; i < shape.voxels(); ++i) {
        const std::int64_t x = i % shape.nx, y = i / shape.nx % shape.ny, z = i / shape.plane();
        if ((axis == Axis::x ? x : axis == Axis::y ? y : z) != 0) continue;
        flux += 2 * voxel / (edges.along(axis) * edges.along(axis)) * sigma(x, y, z) * (1 - c[static_cast<int>(i)]);
    }
    return flux * length * length / volume;
}

} // namespace lapilli::test
