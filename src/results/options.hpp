// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "checkpoint/options.hpp"
#include "study/observer.hpp"

#include <string>

namespace lapilli::results {

/// Where the results of a study go, and what is shown of it.
struct Options {
    std::string folder;   ///< of the results; empty: none
    bool replace = false; ///< also the results of another image or other settings
    bool json = false;    ///< the object of result.json on the standard output instead of a table
    bool quiet = false;   ///< neither progress nor warnings
    study::PictureSet report = study::PictureSet::none; ///< which pictures report.html has; none: there is no such page
    checkpoint::Options checkpoints{};                  ///< where there is a folder
};

} // namespace lapilli::results
