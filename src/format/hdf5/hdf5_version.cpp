// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/hdf5/hdf5_version.hpp"

#include <hdf5.h>

#include <fmt/format.h>

namespace lapilli::format {

std::string hdf5_version()
{
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    return fmt::format("{}.{}.{}", major, minor, release);
}

} // namespace lapilli::format
