// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::format {

/// Bytes of a file that are packed as Amira does (HxByteRLE): a count below 128 and the byte that is repeated so often, or
/// 128 plus a count and so many bytes as they are. Read in order.
class ByteRleStream {
public:
    static constexpr std::int64_t best_ratio = 64; ///< 127 bytes of two

    /// @param first, bytes  where the packed bytes lie in the file
    ByteRleStream(const file::InputFile& file, std::int64_t first, std::int64_t bytes)
        : file_(file), next_(first), end_(first + bytes)
    {
    }

    /// Returns the number of bytes, fewer than are asked for at the end only. @throws Error the file ends before
    std::size_t read(std::span<std::byte> bytes);

private:
    bool take(std::byte& byte);

    const file::InputFile& file_;
    std::int64_t next_, end_;       ///< [bytes] of what is not in the buffer
    std::vector<std::byte> buffer_; ///< of packed bytes
    std::size_t used_ = 0;
    std::int64_t left_ = 0; ///< bytes of the run
    bool repeats_ = false;
    std::byte repeated_{};
};

} // namespace lapilli::format
