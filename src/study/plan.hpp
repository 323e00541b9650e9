// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/connectivity.hpp"
#include "image/read.hpp"
#include "parallel/resources.hpp"
#include "property/memory_plan.hpp"
#include "property/time_plan.hpp"
#include "study/options.hpp"

namespace lapilli::study {

/// What a run would take, known before it solves.
struct Plan {
    struct Rank {
        std::int64_t bricks = 0;
        std::int64_t pores = 0;
        std::int64_t bytes = 0; ///< peak of its memory
    };
    std::vector<Rank> ranks;
    std::vector<parallel::HostMemory> hosts;
    property::Seconds time;
    property::Workload work;
    property::Whole whole;
    Shape shape; ///< of the image, after the crop
};

/// What the options ask to be solved.
property::Workload workload(const Options& options, bool several_phases);
/// The same with as many blocks as have nothing outside the sample, and with a warning where there are none. Collective.
property::Workload within_sample(property::Workload work, const image::PoreSpace& pores, std::vector<std::string>& warnings);

/// Before an image is read: refuses one of which not even the masks of the pores, an eighth of a byte for each voxel, fit
/// the machines under the ranks. Collective.
/// @throws Error on every rank, with what is needed and what is there; not with --force
void require_memory_to_read(const parallel::Communicator& comm, const Options& options, const Shape& piece,
                            const Shape& image);

/// When it has been read: refuses one whose bricks and pores cannot even be held. Collective.
/// @throws Error as above
void require_memory_to_hold(const parallel::Communicator& comm, const Options& options, const image::LabelledImage& image,
                            const image::Phases& phases);

/// Before sizes are measured, of which no plan knows. Collective.
/// @param bricks  of this rank, with the voxels that are measured
/// @throws Error as above
void require_memory_for_sizes(const parallel::Communicator& comm, const Options& options, std::int64_t bricks,
                              bool drainage);

/// What the solves of this pore space will take. Collective.
Plan make_plan(const image::PoreSpace& pores, const image::Connectivity& connectivity, property::Workload work,
               const Shape& piece);

/// What is going to be solved, and how long what measures the grid takes beside the image itself: "the image, then 8 blocks
/// of 96³ voxels to correct for the grid, about as long; --blocks 0 leaves them out".
std::string order_of_solves(const property::Workload& work, const Shape& image);

/// Refuses what does not fit the machines; not with --force.
/// @throws Error as require_room
void require_memory(const Options& options, const Plan& plan);

/// Refuses ranks that need more than there is on one of the machines. Needs no ranks, so that it can be tried out.
/// @throws Error with exit code 2, with what is needed and what is there
/// @param what  the beginning of the sentence
void require_room(const std::vector<parallel::HostMemory>& hosts, const std::string& what);

} // namespace lapilli::study
