// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lapilli::format {

/// Version of the HDF5 library that runs, e.g. "1.10.8".
std::string hdf5_version();

} // namespace lapilli::format
