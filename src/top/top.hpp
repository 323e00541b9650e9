// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"

#include <string>

namespace lapilli::top {

struct Options {
    std::string folder = ".";
    bool once = false;
    bool json = false;
};

/// Shows the runs below a folder, live at a terminal until somebody wants no more, else once. @throws Error there is no such
/// folder
ExitCode show_runs(const Options& options);

} // namespace lapilli::top
