// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/cluster_plan.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace lapilli::report {

/// What `lapilli plan` finds out.
struct Planned {
    study::Subject subject;
    std::optional<study::ClusterPlan> cluster; ///< the one that was asked for
    std::vector<study::Offer> offers;
    bool priced = false; ///< costs are by prices
};

nlohmann::ordered_json to_json(const Planned& planned);

/// The same for people.
std::string to_table(const Planned& planned);

} // namespace lapilli::report
