// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/small_letters.hpp"

namespace lapilli::text {

std::string small_letters(std::string_view text)
{
    std::string small(text);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    return small;
}

} // namespace lapilli::text
