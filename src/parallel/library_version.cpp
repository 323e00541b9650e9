// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/library_version.hpp"

#include <dlfcn.h>
#include <mpi.h>

#include <charconv>
#include <string_view>

namespace lapilli::parallel {

std::string library_version()
{
    char text[MPI_MAX_LIBRARY_VERSION_STRING] = {};
    int length = 0;
    MPI_Get_library_version(text, &length);
    std::string version(text);
    version = version.substr(0, version.find_first_of(",\n")); // the rest tells how it was built
    if (version.starts_with("Open MPI v")) version.erase(9, 1);
    return version;
}

std::string library_file()
{
    Dl_info where{};
    const void* function = dlsym(RTLD_DEFAULT, "MPI_Init"); // an address in our own code may be that of a jump
    return function != nullptr && dladdr(function, &where) != 0 && where.dli_fname != nullptr ? where.dli_fname : "";
}

int open_mpi_major()
{
    constexpr std::string_view name = "Open MPI ";
    const std::string version = library_version();
    int major = 0;
    if (version.starts_with(name)) std::from_chars(version.data() + name.size(), version.data() + version.size(), major);
    return major;
}

} // namespace lapilli::parallel
