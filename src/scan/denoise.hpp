// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scan/grey_image.hpp"
#include "scan/recipe.hpp"

namespace lapilli::scan {

/// What filters go by, in levels.
struct Signal {
    double noise = 0;    ///< standard deviation
    double contrast = 0; ///< between the means of the darkest two classes
};

/// Filters the levels of an image. The same bits on any number of ranks. Collective.
void denoise(const parallel::Communicator& comm, Denoise filter, const Signal& signal, GreyImage& grey);

} // namespace lapilli::scan
