// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/memory_plan.hpp"

#include "brick/brick.hpp"
#include "property/coarse_plan.hpp"
#include "property/pieces.hpp"
#include "property/sample_blocks.hpp"
#include "solve/conjugate_gradients.hpp"
#include "solve/stokes_solver.hpp"

#include <algorithm>

namespace lapilli::property {

namespace {

// Measured on x86-64 as peak resident memory, on sphere packs and rock; tests/cli/plan_test.sh watches them.
namespace bytes {
constexpr double process = 35e6;       ///< program, MPI and its shared memory, libraries
constexpr double per_brick = 2600;     ///< masks of the image, of what percolates, and while they are sent
constexpr double per_pore = 3;         ///< of the whole pore space: its piece, while solving
constexpr double per_phase = 2;        ///< of a pore, where several phases conduct
constexpr double diffusivity = 60;     ///< of a pore that percolates, hierarchy and the bound of the error included
constexpr double double_vectors = 24;  ///< of such a pore, where several phases conduct
constexpr double diffusivity_kept = 4; ///< for each further axis of a tensor
constexpr double concentration = 13;
constexpr double permeability = 212; ///< the same for flow
constexpr double permeability_kept = 16;
constexpr double flow_fields = 60;
constexpr double potential_part = 8; ///< in double, where floats are not enough
constexpr double flow_part = 33;
constexpr double mask = 1040; ///< of a brick, while it is read: twice, where more have to find room
// of the first coarse level, for what it has more nodes of a pore than the 1/8 of cubes
constexpr double diffusivity_node = 320;
constexpr double permeability_node = 600;
constexpr double read_voxel = 6; ///< of a layer of bricks, and of the piece it is cut from: labels and phases
constexpr double sizes = 9 * brick::edge * brick::rows; ///< of a brick: distances, radii, ways, those of other ranks
constexpr double drainage = 14 * brick::edge * brick::rows;
// on every rank, counted in the arrays: places of all bricks, while the curve is cut; nodes of levels that are not shared
constexpr double brick_anywhere = 56;
constexpr double potential_everywhere = 300;
constexpr double velocity_everywhere = 500;

double reading(const Shape& piece, const Shape& image)
{
    const double layer = brick::edge * image.plane();
    return read_voxel * (piece.plane() == image.plane() ? layer : layer + piece.voxels());
}
} // namespace bytes

constexpr double cells = 8;          ///< of a refined voxel
constexpr double denser_block = 1.3; ///< pores of a block over those of the same volume of the whole image
constexpr double grown = 1.5;        ///< pores of a block whose walls are moved, over those as they are

/// Of a block on two cells per voxel edge, on one of the ranks that solve it together.
double block_bytes(const Workload& work, const Shape& image, const Whole& whole, double per_pore)
{
    const auto blocks = blocks_of(work, image).blocks;
    if (blocks.empty()) return 0;
    const double walls = work.segmentation ? grown : 1, part = 1.0 * blocks.front().shape().voxels() / image.voxels();
    const int ranks = whole.ranks / pieces_at_once(cells * walls * part, whole.ranks);
    const double of_all = whole.bricks * bytes::per_brick + whole.solved * per_pore;
    return std::min(1.0, denser_block * part) * cells * walls * of_all / ranks;
}

/// Of a solve that needs so many bytes a pore, and of what measures the grid's error in it.
double bytes_with_grid(const Workload& work, const Shape& image, const Share& share, const Whole& whole, double per_pore)
{
    const double pores = share.solved + (share.solved > 0 ? share.ghosts : 0);
    const double cells_of_all = cells * (share.bricks * bytes::per_brick + pores * per_pore);
    const bool whole_image = work.refine || blocks_of(work, image).whole_image;
    return std::max(pores * per_pore, whole_image ? cells_of_all : block_bytes(work, image, whole, per_pore));
}

/// Nodes of the first coarse level, of a pore, beyond those of cubes: where long edges wait, fewer voxels are joined.
double further_nodes(const Workload& work) { return ((1 << work.long_axes) - 1) / 8.0; }

/// What every rank has of the coarse levels, beyond its share.
double bytes_everywhere(const Workload& work, const Whole& whole)
{
    const auto nodes = [&](Unknowns unknowns) { return coarse_plan(whole, work.refine ? cells : 1, unknowns).everywhere; };
    return bytes::potential_everywhere * nodes(Unknowns::potentials) +
           (work.permeability ? bytes::velocity_everywhere * nodes(Unknowns::velocities) : 0);
}

double solve_bytes(const Workload& work, const Shape& image, const Share& share, const Whole& whole)
{
    const double pores = share.solved + (share.solved > 0 ? share.ghosts : 0);
    const double kept = work.boundary == Boundary::periodic ? 2 : 0; // fields of a tensor
    double most = 0;
    if (work.diffusivity) {
        const double per_pore = bytes::diffusivity + kept * bytes::diffusivity_kept +
                                further_nodes(work) * bytes::diffusivity_node +
                                (work.accuracy.value_or(1) < solve::accuracy_of_floats ? bytes::potential_part : 0);
        most = pores * (per_pore + (work.fields ? bytes::concentration : 0) +
                        (work.several_phases ? bytes::per_phase + bytes::double_vectors : 0));
        if (!work.several_phases) most = std::max(most, bytes_with_grid(work, image, share, whole, per_pore));
    }
    if (work.permeability) {
        const double per_pore = bytes::permeability + kept * bytes::permeability_kept +
                                further_nodes(work) * bytes::permeability_node +
                                (work.accuracy.value_or(1) < solve::accuracy_of_flow_in_floats ? bytes::flow_part : 0);
        most = std::max({most, pores * (per_pore + (work.fields ? bytes::flow_fields : 0)),
                         bytes_with_grid(work, image, share, whole, per_pore)});
    }
    return most;
}

} // namespace

SampleBlocks blocks_of(const Workload& work, const Shape& image)
{
    auto sample = choose_blocks(image, work.refine && !work.blocks ? std::optional(0) : work.blocks);
    const std::size_t most = work.most_blocks.value_or(sample.blocks.size());
    sample.blocks.resize(std::min(most, sample.blocks.size()));
    return sample;
}

double bricks_of(const Shape& image)
{
    const auto along = [](std::int64_t voxels) -> double { return (voxels + brick::edge - 1) / brick::edge; };
    return along(image.nz) * along(image.ny) * along(image.nx);
}

std::int64_t bytes_to_read(const Shape& piece, const Shape& image, int ranks)
{
    return bytes::process + bytes::reading(piece, image) + bytes::mask * bricks_of(image) / ranks;
}

std::int64_t bytes_of_sizes(std::int64_t bricks, bool drainage)
{
    return bytes::process + bricks * (bytes::per_brick + (drainage ? bytes::drainage : bytes::sizes));
}

std::int64_t bytes_of(const Workload& work, const Shape& piece, const Shape& image, const Share& share, const Whole& whole)
{
    const double held =
        share.bricks * bytes::per_brick + share.pores * (bytes::per_pore + (work.several_phases ? bytes::per_phase : 0));
    const double solving = solve_bytes(work, image, share, whole) + bytes_everywhere(work, whole);
    return bytes::process + held + std::max({bytes::reading(piece, image), bytes::brick_anywhere * whole.bricks, solving});
}

} // namespace lapilli::property
