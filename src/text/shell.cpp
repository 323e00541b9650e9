// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/shell.hpp"

namespace lapilli::text {

std::string quoted_for_shell(std::string word)
{
    constexpr const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
    for (std::size_t quote = 0; (quote = word.find('\'', quote)) != std::string::npos; quote += 4)
        word.replace(quote, 1, "'\\''");
    return "'" + word + "'";
}

} // namespace lapilli::text
