// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/label_slab.hpp"
#include "image/pore_space.hpp"
#include "parallel/communicator.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace lapilli::scan {

using image::LabelSlab;

/// What each label takes part as: 0 is solid.
using PhaseOfLabel = std::array<std::uint8_t, 256>;

/// The voxels whose labels have a phase, as bricks. Local. @param keep_phases  else all are alike
image::BrickSet bricks_of(const LabelSlab& slab, const PhaseOfLabel& phases, bool keep_phases = false);

/// Gives a label to all voxels of some bricks, which may be those of any rank. Collective.
void give_label(const parallel::Communicator& comm, const image::BrickSet& bricks, std::uint8_t label, LabelSlab& slab);

} // namespace lapilli::scan
