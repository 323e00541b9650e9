// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/version_text.hpp"

#include "format/hdf5/hdf5_version.hpp"
#include "parallel/library_version.hpp"
#include "version.hpp"

#include <fmt/format.h>

namespace lapilli::cli {

std::string version_text()
{
    const std::string revision(git_revision);
    return fmt::format("lapilli {}{}\ncompiler {}\nMPI {}\nHDF5 {}\nEigen {}\n", version,
                       revision.empty() ? "" : " (" + revision + ")", compiler, parallel::library_version(),
                       format::hdf5_version(), eigen_version);
}

} // namespace lapilli::cli
