// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace lapilli::launch {

/// While MPI starts in this process, alone: should it crash or hang, one sentence says so, with exit code 1, within a
/// minute. One at a time.
class StartGuard {
public:
    StartGuard();
    ~StartGuard();
    StartGuard(const StartGuard&) = delete;
    StartGuard& operator=(const StartGuard&) = delete;
};

} // namespace lapilli::launch
