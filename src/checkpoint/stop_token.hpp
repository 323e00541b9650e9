// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <functional>

namespace lapilli::checkpoint {

/// How a run learns that it is asked to stop, and how long it may still take. Of this rank, not collective.
struct StopToken {
    std::function<bool()> requested = [] { return false; };
    std::function<double()> grace_left_s = [] { return 0.0; }; ///< since the first request
};

} // namespace lapilli::checkpoint
