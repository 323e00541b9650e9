// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/result.hpp"

#include <string>
#include <vector>

namespace lapilli::study {

/// What is to be said of a result: of its file and voxels, of axes along which nothing is transported, and of solves that
/// did not converge.
std::vector<std::string> warnings_of(const Result& result);

} // namespace lapilli::study
