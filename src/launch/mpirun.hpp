// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lapilli::launch {

struct Mpirun {
    std::string path;   ///< empty: there is none
    std::string others; ///< of other installations that are at hand, for sentences: "/usr/bin/mpirun (in PATH)"
};

/// The mpirun that belongs to the MPI library which is loaded, in a bin folder above it; where there is none, the one that
/// LAPILLI_MPIRUN names, that of the build, the first in PATH.
/// @throws Error with exit code 2, LAPILLI_MPIRUN names what cannot be started
Mpirun find_mpirun();

/// The same for a library in that file. For tests.
Mpirun find_mpirun(const std::string& library);

} // namespace lapilli::launch
