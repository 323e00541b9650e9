// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/version_text.hpp"

#include "io/library_versions.hpp"
#include "parallel/library_version.hpp"
#include "version.hpp"

#include <fmt/format.h>

namespace lapilli::cli {

std::string version_text()
{
    const std::string revision(git_revision);
    return fmt::format("lapilli {}{}\ncompiler {}\nMPI {}\nHDF5 {}\nEigen {}\n", version,
                       revision.empty() ? "" : " (" + revision + ")", compiler, parallel::library_version(),
                       io::hdf5_version(), eigen_version);
}

} // namespace lapilli::cli
