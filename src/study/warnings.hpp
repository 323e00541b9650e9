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

/// Why there are no pore sizes: of voxels whose squared edges are in no ratio of small whole numbers,
std::string why_no_distances();
/// and of images that have but one kind of voxel. @param what  is not measured; @param none  nothing of the part that was to
/// be
std::string why_no_sizes(const char* what, bool none, property::Part part);

} // namespace lapilli::study
