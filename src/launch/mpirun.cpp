// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "launch/mpirun.hpp"

#include "core/error.hpp"
#include "mpirun_settings.hpp"
#include "parallel/library_version.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <vector>

namespace lapilli::launch {
namespace {

namespace fs = std::filesystem;

bool can_be_started(const fs::path& file)
{
    std::error_code ignored;
    return fs::is_regular_file(file, ignored) && access(file.c_str(), X_OK) == 0;
}

/// In the bin folder of the installation that has the library; empty if there is none.
std::string above(const std::string& library)
{
    constexpr int highest = 4; // /usr/lib/x86_64-linux-gnu/openmpi/lib lies so far below /usr
    std::error_code ignored;
    fs::path folder = fs::canonical(library, ignored).parent_path();
    for (int up = 0; up < highest && folder.has_relative_path(); ++up) {
        folder = folder.parent_path();
        for (const char* name : {"mpirun.openmpi", "mpirun"}) // Debian gives the plain name to one of several MPIs
            if (can_be_started(folder / "bin" / name)) return folder / "bin" / name;
    }
    return {};
}

std::string named_by_user()
{
    const char* named = std::getenv("LAPILLI_MPIRUN");
    if (named == nullptr || *named == '\0') return {};
    if (!can_be_started(named))
        throw input_error("LAPILLI_MPIRUN names {}, which is no program that can be started; correct it, or unset it",
                          named);
    return named;
}

std::string first_in_path()
{
    const char* path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (const auto candidate = fs::path(folder.empty() ? "." : folder) / "mpirun"; can_be_started(candidate))
            return candidate;
    return {};
}

struct Candidate {
    std::string path;
    const char* by;
};

} // namespace

Mpirun find_mpirun() { return find_mpirun(parallel::library_file()); }

Mpirun find_mpirun(const std::string& library)
{
    const std::vector<Candidate> candidates{
        {above(library), ""},
        {named_by_user(), " (by LAPILLI_MPIRUN)"},
        {can_be_started(built_with_mpirun) ? built_with_mpirun : "", " (of the build)"},
        {first_in_path(), " (in PATH)"},
    };
    Mpirun found;
    for (const auto& [path, by] : candidates) {
        std::error_code ignored;
        if (path.empty()) continue;
        if (found.path.empty())
            found.path = path;
        else if (!fs::equivalent(path, found.path, ignored))
            found.others += (found.others.empty() ? "" : " or ") + path + by;
    }
    return found;
}

} // namespace lapilli::launch
