// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/packed/packed_bytes.hpp"

#include <zlib.h>

namespace lapilli::format {

/// Unpacks deflate in the frame of gzip (several members; zero padding at the end is ignored), in that of zlib (several), or
/// without one.
class InflateStream final : public UnpackedStream {
public:
    /// @throws Error no memory
    InflateStream(std::unique_ptr<ByteStream> packed, Packing packing);
    ~InflateStream() override;
    InflateStream(const InflateStream&) = delete;
    InflateStream& operator=(const InflateStream&) = delete;

protected:
    std::size_t unpack_some(std::span<std::byte> bytes) override;

private:
    bool next_member();

    Packing packing_;
    z_stream stream_{};
};

} // namespace lapilli::format
