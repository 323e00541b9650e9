// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

namespace lapilli::bench {

/// Memory bandwidth of STREAM's triad a = b + s c, all ranks at once, best of ten [GB/s]. Counted as STREAM does: 24 bytes
/// an element, without the read that the processor does before it writes a. Collective.
double triad_bandwidth(const parallel::Communicator& comm);

} // namespace lapilli::bench
