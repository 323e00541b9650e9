// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/plan.hpp"

#include "core/error.hpp"
#include "image/mean_chord.hpp"
#include "machine/memory.hpp"
#include "multigrid/stretched_grid.hpp"
#include "property/grid_steps.hpp"
#include "scan/segment.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::study {

namespace {

std::vector<parallel::HostMemory> hosts_of(const parallel::Communicator& comm, std::int64_t bytes)
{
    const std::int64_t more = std::max<std::int64_t>(0, bytes - machine::resident_memory());
    return parallel::memory_by_host(comm, more, machine::available_memory());
}

/// Of the pores, those that take part in the solve that has most of them.
double solved_part(const image::PoreSpace& pores, const image::Connectivity& connectivity)
{
    const double most = *std::ranges::max_element(connectivity.connected_pores);
    if (most == 0) return 0;
    // in a periodic image, whatever percolates along any axis
    return pores.beyond() == Boundary::periodic ? 1 : most / pores.total_pores();
}

property::Share share_of(const image::PoreSpace& pores, const image::Connectivity& connectivity)
{
    const double part = solved_part(pores, connectivity);
    return {.bricks = std::ssize(pores.bricks()) + (pores.all_sample() ? 0 : std::ssize(pores.open().bricks())),
            .pores = pores.pores(),
            .solved = static_cast<std::int64_t>(part * pores.pores()),
            .ghosts = pores.ghosts()};
}

/// What the ranks share. Collective.
property::Whole whole_of(const image::PoreSpace& pores, const property::Share& share)
{
    const auto& comm = pores.comm();
    const auto chords = image::mean_chords(pores);
    return {.bricks = static_cast<double>(comm.sum(share.bricks)),
            .pores = static_cast<double>(pores.total_pores()),
            .solved = static_cast<double>(comm.sum(share.solved)),
            .width = std::max(1.0, std::cbrt(chords[Axis::x] * chords[Axis::y] * chords[Axis::z])),
            .ranks = comm.size(),
            .alignment = pores.aligned()};
}

std::string as_long(double times)
{
    if (times > 0.7 && times < 1.4) return "about as long";
    return fmt::format(fmt::runtime(times < 9.5 ? "about {:.1g} times as long" : "about {:.0f} times as long"), times);
}

} // namespace

property::Workload workload(const Options& options, bool several_phases)
{
    return {.diffusivity = options.properties.diffusivity,
            .permeability = options.flow(),
            .boundary = options.boundary,
            .axes = static_cast<int>(options.axes.size()),
            .several_phases = several_phases,
            .fields = options.fields,
            .refine = options.resolution.refine,
            .segmentation = options.resolution.segmentation,
            .blocks = options.resolution.blocks,
            .accuracy = options.accuracy};
}

property::Workload within_sample(property::Workload work, const image::PoreSpace& pores, std::vector<std::string>& warnings)
{
    const auto wanted = property::blocks_of(work, pores.shape()).blocks;
    if (pores.all_sample() || wanted.empty()) return work;
    work.most_blocks = property::choose_blocks(pores, work.blocks).blocks.size();
    if (*work.most_blocks == 0)
        warnings.push_back(fmt::format("no cube of {}³ voxels has nothing outside the sample, so values are not corrected "
                                       "for the grid; --refine 2 corrects them by the whole image",
                                       wanted.front().shape().nx));
    return work;
}

void require_room(const std::vector<parallel::HostMemory>& hosts, const std::string& what)
{
    for (const auto& host : hosts)
        if (host.needed > host.available)
            throw input_error("{} needs {} on {} (ranks: {}), where {} are available; use --crop, fewer properties or more "
                              "machines, or --force to try all the same",
                              what, text::bytes_text(host.needed), host.name, host.ranks, text::bytes_text(host.available));
}

void require_memory_to_read(const parallel::Communicator& comm, const Options& options, const Shape& piece,
                            const Shape& image)
{
    const auto grey = options.image.segment ? scan::bytes_to_segment(image) / comm.size() : 0;
    const auto hosts = hosts_of(comm, property::bytes_to_read(piece, image, comm.size()) + grey);
    comm.together([&] {
        if (!options.force && !options.plan)
            require_room(hosts, fmt::format("to read an image of {} voxels", text::shape_text(image)));
    });
}

void require_memory_to_hold(const parallel::Communicator& comm, const Options& options, const image::LabelledImage& image,
                            const image::Phases& phases)
{
    const auto bricks = comm.sum(std::ssize(image.bricks.codes) + std::ssize(image.outside.codes));
    const property::Share share{.bricks = bricks / comm.size(), .pores = image.voxels_of(phases) / comm.size()};
    const property::Whole whole{.bricks = static_cast<double>(bricks), .ranks = comm.size()};
    const auto hosts =
        hosts_of(comm, property::bytes_of({}, image::piece_of(image.description, image.shape), image.shape, share, whole));
    comm.together([&] {
        if (!options.force && !options.plan) require_room(hosts, "to hold the pores of this image");
    });
}

void require_memory_for_sizes(const parallel::Communicator& comm, const Options& options, std::int64_t bricks, bool drainage)
{
    const auto hosts = hosts_of(comm, property::bytes_of_sizes(bricks, drainage));
    comm.together([&] {
        if (!options.force) require_room(hosts, drainage ? "to measure the drainage" : "to measure sizes");
    });
}

Plan make_plan(const image::PoreSpace& pores, const image::Connectivity& connectivity, property::Workload work,
               const Shape& piece)
{
    const auto& comm = pores.comm();
    const multigrid::StretchedGrid grid(pores.edges(), pores.shape());
    work.long_axes = std::ranges::count_if(all_axes, [&](Axis axis) { return grid.levels(axis) > 0; });
    const auto share = share_of(pores, connectivity);
    const auto whole = whole_of(pores, share);
    const auto& shape = pores.shape();
    const Plan::Rank mine{.bricks = std::ssize(pores.owned_bricks()),
                          .pores = share.pores,
                          .bytes = property::bytes_of(work, piece, shape, share, whole)};
    Plan plan{.ranks = comm.gather_all(std::span<const Plan::Rank>(&mine, 1)),
              .hosts = hosts_of(comm, mine.bytes),
              .work = work,
              .whole = whole,
              .shape = shape};
    const int nodes = std::ssize(plan.hosts);
    const property::Site here{.nodes = nodes, .cores = (comm.size() + nodes - 1) / nodes};
    const property::Share largest{.pores = comm.max(share.pores), .solved = comm.max(share.solved)};
    plan.time = property::seconds_of(work, shape, largest, whole, here);
    return plan;
}

std::string order_of_solves(const property::Workload& work, const Shape& image)
{
    double solved = 0, grid = 0;
    for (const auto& stage : property::solve_stages(work, image))
        (stage.name == "diffusivity" || stage.name == "permeability" ? solved : grid) += stage.work;
    if (grid == 0) return "the image alone is solved; the grid's error is not measured";
    const auto time = as_long(grid / solved);
    const auto blocks = property::blocks_of(work, image);
    if (blocks.blocks.empty())
        return fmt::format("the image, then the same on two cells per voxel, {}; {}", time,
                           work.refine ? "as --refine 2 says" : "--blocks 0 leaves that out");
    return fmt::format("the image, then {}{} blocks of {}³ voxels to correct for the grid, {}; --blocks 0 leaves them out",
                       work.refine ? "the same on two cells per voxel, and " : "", blocks.blocks.size(),
                       blocks.blocks.front().shape().nx, time);
}

void require_memory(const Options& options, const Plan& plan)
{
    if (!options.force) require_room(plan.hosts, "to solve this");
}

} // namespace lapilli::study
