// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "launch/first_words.hpp"

#include "terminal/messages.hpp"

#include <algorithm>
#include <sstream>

namespace lapilli::launch {

std::string first_words(const std::string& said)
{
    constexpr std::size_t most = 200; // [B] of a line
    if (const auto own = said.find(terminal::error_prefix); own != std::string::npos)
        return said.substr(own, said.find('\n', own) - own);
    std::istringstream lines(said);
    for (std::string line; std::getline(lines, line);) {
        while (line.starts_with('[') && line.find(']') != std::string::npos) { // [host:4711] [[31278,0],0]
            line.erase(0, line.find(']') + 1);
            line.erase(0, line.find_first_not_of("], 0123456789"));
        }
        if (line.find_first_not_of("-=* \t\r") == std::string::npos) continue; // a frame
        if (line.find("help about:") != std::string::npos) continue; // "Sorry! You were supposed to get help about:"
        return line.substr(0, std::min(line.find(". "), most));      // its first sentence
    }
    return {};
}

} // namespace lapilli::launch
