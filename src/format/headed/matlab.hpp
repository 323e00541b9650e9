// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"

namespace lapilli::format {

/// A variable of a MAT-file of version 5 (save -v6 and -v7), packed or not, by its name if there are several images.
/// MATLAB's first index is x, the fastest. Whole numbers that MATLAB keeps in fewer bytes than their class are read as they
/// are stored. Version 7.3 is HDF5.
std::unique_ptr<ImageReader> open_matlab(Candidate candidate);

} // namespace lapilli::format
