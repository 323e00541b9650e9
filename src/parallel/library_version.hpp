// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lapilli::parallel {

/// Name and version of the MPI library, e.g. "Open MPI 4.1.4". May be called before a Session exists.
std::string library_version();

/// The file from which it was loaded; empty if that cannot be told.
std::string library_file();

/// Major version of the Open MPI that is loaded, which may be another than the program was built with; 0: another MPI.
int open_mpi_major();

} // namespace lapilli::parallel
