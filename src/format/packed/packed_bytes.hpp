// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"
#include "format/packed/byte_stream.hpp"

#include <string_view>
#include <vector>

namespace lapilli::format {

/// What a library unpacks next: packed bytes, piece by piece.
class PackedBytes {
public:
    /// @param format  of the packing, for sentences
    PackedBytes(std::unique_ptr<ByteStream> source, std::string_view format);

    const std::string& path() const { return source_->path(); }
    std::span<std::byte> left() { return std::span(buffer_).subspan(used_); }
    void use(std::size_t count) { used_ += count; }
    /// Brings more when nothing is left. @returns whether something is left now
    bool refill();
    /// @throws Error there is no more
    void require_more();
    Error damaged(std::string_view why) const;
    Error followed_by_something_else() const;

private:
    std::unique_ptr<ByteStream> source_;
    std::string_view format_;
    std::vector<std::byte> buffer_;
    std::size_t used_ = 0;
    std::int64_t taken_ = 0; ///< bytes before the buffer
};

} // namespace lapilli::format
