// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "image/phases.hpp"
#include "image/plane_digest.hpp"
#include "parallel/communicator.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace lapilli::image {

/// Voxels of a label, and runs of them along x.
struct LabelCount {
    std::int64_t voxels = 0;
    std::int64_t runs = 0;
};

/// Of all labels.
struct Labels {
    std::map<std::int32_t, std::int64_t> voxels, runs;
};

/// Counts the labels of planes, hashes them and turns them into phases: all that is done with labels in one pass.
class LabelCensus {
public:
    explicit LabelCensus(Phases phases);

    /// One plane of labels; `phases` gets 0 for solid, else the phase.
    void take_plane(std::span<const std::int32_t> labels, std::span<std::uint8_t> phases);
    /// Number of voxels of each label over all ranks, and of runs of them along x. Collective.
    Labels labels(const parallel::Communicator& comm) const;
    /// Digest of all planes of all ranks, which took them in rank order. Collective.
    std::string digest(const parallel::Communicator& comm, const Shape& shape) const { return digest_.of(comm, shape); }

private:
    LabelCount& count_of(std::int32_t label);

    Phases phases_;
    std::vector<std::uint8_t> phase_of_small_; ///< by label, 0 ... 65535
    std::vector<LabelCount> small_;
    std::map<std::int32_t, LabelCount> other_;
    PlaneDigest digest_;
};

} // namespace lapilli::image
