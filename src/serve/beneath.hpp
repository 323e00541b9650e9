// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/folder_files.hpp"

#include <string>

namespace lapilli::serve {

using file::Descriptor;
using file::FileStamp;
using file::open_file_of;
using file::read_text;
using file::stamp_in;
using file::stamp_of;

/// A folder below which others write: whoever may, could put links there. What is opened really lies below; links are not
/// followed, neither the last part of a name nor any before.
class Beneath {
public:
    /// @throws Error there is no such folder
    explicit Beneath(const std::string& folder);

    /// Empty with `errno` where there is none of that name.
    Descriptor open_folder(const std::string& name) const;

private:
    Descriptor root_;
};

} // namespace lapilli::serve
