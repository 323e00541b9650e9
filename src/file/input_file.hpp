// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lapilli::file {

/// A regular file open for reading at any offset; its size is taken once, at opening. One rank, not collective.
class InputFile {
public:
    /// @param what  is expected there, for the sentence that refuses something else
    /// @throws Error a missing or empty file, a folder or device, no permission
    explicit InputFile(const std::string& path, std::string_view what = "an image");
    ~InputFile();
    InputFile(InputFile&& other) noexcept;
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    InputFile& operator=(InputFile&&) = delete;

    const std::string& path() const { return path_; }
    std::int64_t size() const { return size_; }    ///< [bytes]
    int descriptor() const { return descriptor_; } ///< to be handed to another process; this object closes it

    /// Fills `bytes` from that offset. @throws Error the file ends before, or the disk fails
    void read(std::int64_t offset, std::span<std::byte> bytes) const;
    /// Fills what the file has from that offset; returns the number of bytes, 0 at its end.
    std::size_t read_some(std::int64_t offset, std::span<std::byte> bytes) const;

private:
    std::string path_;
    int descriptor_ = -1;
    std::int64_t size_ = 0;
};

} // namespace lapilli::file
