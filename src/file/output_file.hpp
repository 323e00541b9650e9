// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace lapilli::file {

/// A file that exists, open for writing at any offset while other ranks write elsewhere in it: what each of them sends is
/// exactly its own bytes, also to a network disk, as long as the file has had its full size before they open it. One rank,
/// not collective.
class OutputFile {
public:
    /// @param shown  the name in errors
    /// @throws Error path and errno text
    OutputFile(const std::string& path, std::string shown);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    /// @throws Error as above
    void write(std::int64_t offset, std::span<const std::byte> bytes) const;
    /// So that nothing of it is only in the memory of this machine. @throws Error as above
    void sync() const;

private:
    std::string shown_;
    int descriptor_ = -1;
};

} // namespace lapilli::file
