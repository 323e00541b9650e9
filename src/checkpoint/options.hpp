// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace lapilli::checkpoint {

/// How a run survives its death.
struct Options {
    double every_s = 60; ///< at least; 0: at every restart point, whatever it costs
    bool resume = true;  ///< from what is in the result folder; else start over
};

} // namespace lapilli::checkpoint
