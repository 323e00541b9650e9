// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "web/files.hpp"

#include "core/error.hpp"

#include <algorithm>

namespace lapilli::web {

const File& file(std::string_view name)
{
    const auto found = std::ranges::find(files(), name, &File::name);
    if (found == files().end()) throw failure("the program has no page file {}; report this", name);
    return *found;
}

} // namespace lapilli::web
