// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <vector>

namespace lapilli::parallel {

/// Every rank has filled its piece of `values`, [first_of_rank[r], first_of_rank[r + 1]), each of `width` floats; afterwards
/// every rank has all. Collective.
inline void gather_pieces(const Communicator& comm, const std::vector<std::int64_t>& first_of_rank, float* values,
                          int width = 1)
{
    std::vector<int> counts(comm.size()), offsets(counts.size());
    for (std::size_t r = 0; r < counts.size(); ++r) {
        offsets[r] = first_of_rank[r] * width;
        counts[r] = (first_of_rank[r + 1] - first_of_rank[r]) * width;
    }
    MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, values, counts.data(), offsets.data(), MPI_FLOAT, comm.handle());
}

} // namespace lapilli::parallel
