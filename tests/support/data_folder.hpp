// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "support/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

namespace lapilli::test {

/// A file of real images: in $LAPILLI_DATA, else in ../shared/data beside the source tree. Where it is missing, a warning
/// names the path that was tried, and the text is empty.
inline std::string data_file(const std::string& name)
{
    const char* folder = std::getenv("LAPILLI_DATA");
    const auto path = std::filesystem::path(folder != nullptr ? folder : LAPILLI_SOURCE_DIR "/../shared/data") / name;
    if (std::filesystem::exists(path)) return path.string();
    WARN("skipped: there is no " + path.string() + "; set LAPILLI_DATA to the folder that has it");
    return {};
}

} // namespace lapilli::test
