// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/cut.hpp"
#include "brick/morton.hpp"
#include "image/connectivity.hpp"
#include "image/distribution.hpp"
#include "image/pore_space.hpp"
#include "property/diffusivity.hpp"
#include "property/permeability.hpp"

#include <bit>
#include <cstdint>
#include <vector>

namespace lapilli::test {

/// An image made from a function of the voxel: phase(x, y, z), 0 for solid.
template <class Phase>
image::BrickSet make_bricks(const parallel::Communicator& comm, const Shape& shape, Phase&& phase)
{
    image::BrickSet set;
    const auto slab = image::slab_of(shape, comm.rank(), comm.size());
    std::vector<std::uint8_t> voxels;
    std::uint8_t highest = 0;
    for (std::int64_t z0 = slab.first; z0 < slab.last; z0 += brick::edge) {
        const std::int64_t planes = std::min<std::int64_t>(brick::edge, slab.last - z0);
        voxels.clear();
        for (std::int64_t z = z0; z < z0 + planes; ++z)
            for (std::int64_t y = 0; y < shape.ny; ++y)
                for (std::int64_t x = 0; x < shape.nx; ++x) {
                    voxels.push_back(static_cast<std::uint8_t>(phase(x, y, z)));
                    highest = std::max(highest, voxels.back());
                }
        brick::cut_layer(voxels, planes, shape.ny, shape.nx, [&](std::int64_t bx, std::int64_t by, const brick::Mask& mask) {
            set.codes.push_back(brick::morton({bx, by, z0 / brick::edge}));
            set.masks.push_back(mask);
            for (int r = 0; r < brick::rows; ++r)
                for (unsigned bits = mask.row[static_cast<std::size_t>(r)]; bits != 0; bits &= bits - 1)
                    set.phases.push_back(voxels[static_cast<std::size_t>((r / 16 * shape.ny + by * 16 + r % 16) * shape.nx +
                                                                         bx * 16 + std::countr_zero(bits))]);
        });
    }
    if (comm.max(std::int64_t{highest}) <= 1) set.phases.clear();
    return set;
}

/// A pseudo-random number in [0, 1) that depends on the voxel alone.
inline double noise(std::int64_t x, std::int64_t y, std::int64_t z, std::uint64_t seed)
{
    std::uint64_t v = static_cast<std::uint64_t>(x) * 0x9e3779b97f4a7c15ULL ^
                      static_cast<std::uint64_t>(y) * 0xc2b2ae3d27d4eb4fULL ^
                      static_cast<std::uint64_t>(z) * 0x165667b19e3779f9ULL ^ seed * 0xd6e8feb86659fd93ULL;
    v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9ULL;
    v = (v ^ v >> 27) * 0x94d049bb133111ebULL;
    return static_cast<double>((v ^ v >> 31) >> 11) * 0x1p-53;
}

/// Noise averaged over a few voxels: pores with necks, dead ends and isolated clusters.
inline double smooth_noise(std::int64_t x, std::int64_t y, std::int64_t z, std::uint64_t seed)
{
    double sum = 0;
    for (int k = -2; k <= 2; ++k)
        for (int j = -2; j <= 2; ++j)
            for (int i = -2; i <= 2; ++i) sum += noise(x + i, y + j, z + k, seed);
    return sum / 125;
}

/// A pore space, and how it hangs together.
struct MadeImage {
    image::PoreSpace pores;
    image::Connectivity connectivity;
};

template <class Phase>
MadeImage make_image(const parallel::Communicator& comm, const Shape& shape, Phase&& phase, Boundary beyond,
                     const EdgeRatios& edges = {})
{
    image::PoreSpace pores(comm, shape, make_bricks(comm, shape, phase), beyond, edges);
    auto connectivity = image::connect(pores);
    return {std::move(pores), std::move(connectivity)};
}

/// The diffusivity of such an image.
template <class Phase>
property::Diffusivity diffusivity_of(const parallel::Communicator& comm, const Shape& shape, Phase&& phase,
                                     const property::DiffusivityOptions& options = {}, Boundary beyond = Boundary::sealed,
                                     const EdgeRatios& edges = {})
{
    const auto made = make_image(comm, shape, phase, beyond, edges);
    const double porosity = 1.0 * made.pores.total_pores() / shape.voxels();
    property::Run run;
    return property::measure_diffusivity(run, made.pores, made.connectivity, porosity, options);
}

/// The permeability of such an image.
template <class Phase>
property::Permeability permeability_of(const parallel::Communicator& comm, const Shape& shape, Phase&& phase,
                                       const property::PermeabilityOptions& options = {}, Boundary beyond = Boundary::sealed,
                                       const EdgeRatios& edges = {})
{
    const auto made = make_image(comm, shape, phase, beyond, edges);
    property::Run run;
    return property::measure_permeability(run, made.pores, made.connectivity, options);
}

} // namespace lapilli::test
