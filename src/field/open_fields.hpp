// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/stored_fields.hpp"
#include "file/folder_files.hpp"

#include <cstddef>
#include <list>

#include <sys/types.h>

namespace lapilli::field {

/// Files that stay open between two questions, since the next one is mostly of the same: those that were asked for last.
class OpenFields {
public:
    static constexpr std::size_t most_files = 4;

    /// That of an open file, which may be closed then. It is opened anew where it has changed. @throws Error
    StoredFields& of(int file);
    /// So that what has been removed takes no more space on the disk.
    void close_all() { entries_.clear(); }

private:
    struct Entry {
        dev_t device;
        ino_t inode;
        file::FileStamp stamp;
        StoredFields fields;
    };

    std::list<Entry> entries_; ///< those asked for last first
};

} // namespace lapilli::field
