// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string>

namespace lapilli::test {

namespace fs = std::filesystem;

/// A folder that all ranks know, gone afterwards.
class SharedFolder {
public:
    explicit SharedFolder(const parallel::Communicator& comm) : comm_(comm)
    {
        path_ = comm_.on_root([] {
            std::string name = (fs::temp_directory_path() / "lapilli-test-XXXXXX").string();
            if (::mkdtemp(name.data()) == nullptr) throw failure("no scratch folder {}", name);
            return name;
        });
    }
    ~SharedFolder()
    {
        comm_.barrier();
        std::error_code ignored;
        if (comm_.is_root()) fs::remove_all(path_, ignored);
    }
    SharedFolder(const SharedFolder&) = delete;
    SharedFolder& operator=(const SharedFolder&) = delete;
    const std::string& path() const { return path_; }
    std::size_t files() const
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
    }

private:
    parallel::Communicator comm_;
    std::string path_;
};

} // namespace lapilli::test
