// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/slices/visible_files.hpp"

#include "text/small_letters.hpp"
#include "text/system_error.hpp"

#include <filesystem>

namespace lapilli::format {

std::vector<std::string> visible_files(const std::string& folder)
{
    std::vector<std::string> names;
    std::error_code failed;
    for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        std::string name = at->path().filename().string();
        if (std::error_code ignored; !name.starts_with('.') && !at->is_directory(ignored)) names.push_back(std::move(name));
    }
    if (failed) throw text::system_error("read the folder", folder, failed.value());
    return names;
}

std::string ending(const std::string& name) { return text::small_letters(std::filesystem::path(name).extension().string()); }

} // namespace lapilli::format
