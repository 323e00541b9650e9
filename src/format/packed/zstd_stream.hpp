// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/packed/packed_bytes.hpp"

#include <zstd.h>

namespace lapilli::format {

/// Unpacks zstd, also several frames one after the other. Windows above 128 MB (`zstd --long=28` and more) are refused.
class ZstdStream final : public UnpackedStream {
public:
    /// @throws Error no memory
    explicit ZstdStream(std::unique_ptr<ByteStream> packed);

protected:
    std::size_t unpack_some(std::span<std::byte> bytes) override;

private:
    struct Free {
        void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
    };

    std::unique_ptr<ZSTD_DStream, Free> stream_;
    bool between_frames_ = false;
};

} // namespace lapilli::format
