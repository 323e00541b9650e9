// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/packed/packed_bytes.hpp"

#include <zlib.h>

namespace lapilli::format {

/// Unpacks deflate in the frame of gzip (several members; zero padding at the end is ignored), in that of zlib (several), or
/// without one.
class InflateStream final : public ByteStream {
public:
    /// @throws Error no memory
    InflateStream(std::unique_ptr<ByteStream> packed, Packing packing);
    ~InflateStream() override;
    InflateStream(const InflateStream&) = delete;
    InflateStream& operator=(const InflateStream&) = delete;

    const std::string& path() const override { return packed_.path(); }
    std::size_t read(std::span<std::byte> bytes) override;

private:
    std::size_t inflate_some(std::span<std::byte> bytes);
    bool next_member();

    PackedBytes packed_;
    Packing packing_;
    z_stream stream_{};
    bool ended_ = false;
};

} // namespace lapilli::format
