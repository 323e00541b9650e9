// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/new_file.hpp"

#include <filesystem>

namespace lapilli::cli {

void add_force_option(const Group& output, bool& force)
{
    output.add_flag("--force", force, "write over files that are there already");
}

void require_new_name(const std::string& name, bool force)
{
    std::error_code ignored;
    if (!force && std::filesystem::exists(std::filesystem::symlink_status(name, ignored)))
        throw input_error("{} is there already; expected the name of a new file; choose another one, or write over it with "
                          "--force",
                          name);
}

void require_new_file(const std::string& file, bool force)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored))
        throw input_error("cannot write {}: it is a folder; name a file in it", file);
    require_new_name(file, force);
}

} // namespace lapilli::cli
