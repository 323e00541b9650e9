// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace lapilli::test {

/// A machine of files: /sys and /proc of its own, gone with the object.
class Machine {
public:
    Machine() : root_(std::filesystem::temp_directory_path() / ("lapilli_machine_" + std::to_string(getpid())))
    {
        std::filesystem::create_directories(root_);
    }
    ~Machine() { std::filesystem::remove_all(root_); }
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    const std::filesystem::path& root() const { return root_; }
    Machine& write(const std::string& path, const std::string& text)
    {
        std::filesystem::create_directories((root_ / path).parent_path());
        std::ofstream(root_ / path) << text << '\n';
        return *this;
    }

private:
    std::filesystem::path root_;
};

} // namespace lapilli::test
