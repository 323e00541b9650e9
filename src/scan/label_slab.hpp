// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "image/pore_space.hpp"
#include "parallel/communicator.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace lapilli::scan {

/// This rank's part of an image of labels.
struct LabelSlab {
    Shape shape;
    PlaneRange planes;                ///< slab_of this rank
    std::vector<std::uint8_t> labels; ///< shape (planes.count(), ny, nx), x fastest
};

/// What each label takes part as: 0 is solid.
using PhaseOfLabel = std::array<std::uint8_t, 256>;

/// The voxels whose labels have a phase, as bricks. Local. @param keep_phases  else all are alike
image::BrickSet bricks_of(const LabelSlab& slab, const PhaseOfLabel& phases, bool keep_phases = false);

/// Gives a label to all voxels of some bricks, which may be those of any rank. Collective.
void give_label(const parallel::Communicator& comm, const image::BrickSet& bricks, std::uint8_t label, LabelSlab& slab);

} // namespace lapilli::scan
