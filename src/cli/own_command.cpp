// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/own_command.hpp"

#include "text/shell.hpp"

#include <filesystem>
#include <fstream>

namespace lapilli::cli {

std::string own_command()
{
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    std::string command;
    for (std::string word; std::getline(file, word, '\0');)
        command += command.empty() ? std::filesystem::path(word).filename().string() : " " + text::quoted_for_shell(word);
    return command;
}

} // namespace lapilli::cli
