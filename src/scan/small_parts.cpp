// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/small_parts.hpp"

#include "image/connectivity.hpp"

#include <algorithm>

namespace lapilli::scan {

namespace {

/// Labels from `first` up to `last`, which is excluded.
struct LabelRange {
    int first, last;
};

/// Gives a label to the small parts of what has a label of a range.
void relabel_small(const parallel::Communicator& comm, const LabelRange& range, std::int64_t least, int to, LabelSlab& slab)
{
    if (least <= 1) return;
    PhaseOfLabel phases{};
    std::fill(phases.begin() + range.first, phases.begin() + range.last, std::uint8_t{1});
    const image::PoreSpace parts(comm, slab.shape, bricks_of(slab, phases));
    const auto small = image::smaller_than(parts, image::connect(parts), least);
    give_label(comm, small, to, slab);
}

} // namespace

void remove_small_parts(const parallel::Communicator& comm, int classes, const LeastSizes& least, LabelSlab& slab)
{
    for (int label = 0; label + 1 < classes; ++label) {
        relabel_small(comm, {0, label + 1}, label == 0 ? least.pores : least.others, label + 1, slab);
        relabel_small(comm, {label + 1, classes}, least.others, label, slab);
    }
}

} // namespace lapilli::scan
