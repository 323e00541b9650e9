// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scan/label_bricks.hpp"

namespace lapilli::scan {

/// Parts of fewer voxels than these go.
struct LeastSizes {
    std::int64_t pores = 0;  ///< of label 0
    std::int64_t others = 0; ///< of all other labels
};

/// Takes small parts away, 6-connected ones. Label by label upwards: small parts of what is at most that label get the next
/// one, then small parts of what is above it get that label. Labels from `classes` on are left alone. The same on any number
/// of ranks. Collective.
void remove_small_parts(const parallel::Communicator& comm, int classes, const LeastSizes& least, LabelSlab& slab);

} // namespace lapilli::scan
