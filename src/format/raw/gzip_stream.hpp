// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include <zlib.h>

namespace lapilli::format {

/// The bytes of a gzip file in order: all members one after the other, checksums verified, zero padding at the end ignored.
class GzipStream {
public:
    /// @throws Error no memory
    explicit GzipStream(file::InputFile file);
    ~GzipStream();
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;

    const file::InputFile& file() const { return file_; }

    /// Unpacks the next bytes; returns less than asked only at the end of the data.
    /// @throws Error the file is cut off, corrupt, or followed by something else
    std::size_t read(std::span<std::byte> bytes);

private:
    void refill();
    bool next_member();

    file::InputFile file_;
    std::array<std::byte, std::size_t{128} << 10> packed_;
    std::int64_t offset_ = 0;
    z_stream stream_{};
    bool ended_ = false;
};

} // namespace lapilli::format
