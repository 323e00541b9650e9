// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"
#include "format/packed/byte_stream.hpp"

#include <string_view>
#include <utility>
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

/// Bytes that a library unpacks, piece by piece.
class UnpackedStream : public ByteStream {
public:
    const std::string& path() const final { return packed_.path(); }
    std::size_t read(std::span<std::byte> bytes) final;

protected:
    UnpackedStream(std::unique_ptr<ByteStream> packed, Packing packing) : packed_(std::move(packed), name(packing)) {}
    /// Unpacks some bytes, or none if more has to be read; `ended_` says that there are no more.
    virtual std::size_t unpack_some(std::span<std::byte> bytes) = 0;

    PackedBytes packed_;
    bool ended_ = false;
};

} // namespace lapilli::format
