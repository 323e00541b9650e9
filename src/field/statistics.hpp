// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <span>
#include <vector>

namespace lapilli::field {

/// Of the values of a field in the pores that take part, for each of its components.
struct Statistics {
    std::vector<double> min, max, mean;
};

/// Nothing where there are no values. The same bits on any number of ranks. Collective.
/// @param values  of this rank, shape (n, components)
Statistics statistics_of(const parallel::Communicator& comm, std::span<const float> values, int components);

} // namespace lapilli::field
