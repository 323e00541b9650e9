// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <span>
#include <string_view>

namespace lapilli::web {

/// A style, a script or the body of pages, as it stands in this folder; cmake/web.cmake writes them into the program.
struct File {
    std::string_view name; ///< "charts.js"
    std::string_view text;
    std::string_view sha256; ///< of the text, hexadecimal
};

std::span<const File> files();

/// @throws Error there is none of this name, which is a fault of the program
const File& file(std::string_view name);

} // namespace lapilli::web
