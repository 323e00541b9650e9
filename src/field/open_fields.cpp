// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "field/open_fields.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <string>

#include <sys/stat.h>

namespace lapilli::field {

StoredFields& OpenFields::of(int file)
{
    struct stat status {};
    const auto stamp = file::stamp_of(file);
    if (!stamp || ::fstat(file, &status) != 0) throw input_error("fields.h5 is no file");
    const auto same = [&](const Entry& entry) { return entry.device == status.st_dev && entry.inode == status.st_ino; };
    const auto found = std::ranges::find_if(entries_, same);
    if (found != entries_.end() && found->stamp == *stamp) {
        entries_.splice(entries_.begin(), entries_, found);
        return found->fields;
    }
    if (found != entries_.end()) entries_.erase(found); // before it is opened anew: HDF5 knows it as the same file
    if (entries_.size() == most_files) entries_.pop_back();
    const auto path = "/proc/self/fd/" + std::to_string(file);
    entries_.push_front({.device = status.st_dev, .inode = status.st_ino, .stamp = *stamp, .fields = StoredFields(path)});
    return entries_.front().fields;
}

} // namespace lapilli::field
