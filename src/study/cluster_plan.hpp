// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/time_plan.hpp"
#include "study/machine_size.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lapilli::study {

/// An image that is to be solved somewhere, as far as its plan depends on it.
struct Subject {
    Shape shape;
    property::Workload work;
    property::Whole whole; ///< ranks and alignment are those of no site yet
};

/// One that has not been made yet: the usual number of bricks with pores, and all pores percolate.
Subject imagined(const Shape& shape, double porosity, double width, const property::Workload& work);

/// What a subject takes on equal machines with one rank a core.
struct ClusterPlan {
    property::Site site;
    double rank_bytes = 0;  ///< peak of a rank's memory
    double node_needs = 0;  ///< memory that a node must have: that of its ranks, a quarter more, and what is the system's
    double node_memory = 0; ///< that it has; 0: as it needs
    double checkpoint_bytes = 0;
    property::Seconds time;
    bool fits() const { return node_memory == 0 || node_needs <= node_memory; }
};

ClusterPlan plan_on(const Subject& subject, const property::Site& site, double node_memory);

/// The fewest of these nodes on which a subject fits; absent: not on any number up to `most`.
std::optional<int> fewest_nodes(const Subject& subject, property::Site site, double node_memory, int most);

/// Refuses what does not fit, with what is missing and how many nodes would do.
/// @throws Error with exit code 2
void require_fit(const Subject& subject, const ClusterPlan& plan);

/// Machines of one size on which a subject fits.
struct Offer {
    MachineSize size;
    ClusterPlan plan;
    double cost = 0; ///< of the run: by the prices, or where there are none core hours and an eighth of the GiB hours
};

/// The number of each size that makes the run cheapest, the cheapest size first.
/// @param like    speed of cores and network
/// @param within  time that the run may take [s]; absent: any
std::vector<Offer> offers(const Subject& subject, const std::vector<MachineSize>& sizes, const property::Site& like,
                          std::optional<double> within);

} // namespace lapilli::study
