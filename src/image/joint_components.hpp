// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/connectivity.hpp"
#include "morphology/winding_sets.hpp"

#include <cstdint>
#include <map>
#include <unordered_map>

namespace lapilli::image {

/// The components of this rank, by the global number of their first piece.
struct LocalComponents {
    morphology::WindingSets<std::int32_t> pieces; ///< united as far as this rank can see
    std::int64_t first_number = 0;                ///< of this rank's first piece among those of all ranks
    std::map<std::int64_t, Connectivity::Component> whole;
};

/// Those of them that go on on other ranks, as the image has them.
struct JointComponents {
    std::unordered_map<std::int64_t, Connectivity::Component> whole; ///< by number of the local component
    std::unordered_map<std::int64_t, std::int64_t> first;            ///< number of the first local component of the same one
};

/// Unites components across ranks. Collective.
JointComponents join_components(const PoreSpace& pores, const Connectivity& pieces, LocalComponents& local);

/// From a pore of `brick` to one beyond `face` of it.
morphology::ImageSteps steps_across(const PoreSpace& pores, const brick::Brick& brick, int face);

} // namespace lapilli::image
