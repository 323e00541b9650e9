// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/packed/packed_bytes.hpp"

namespace lapilli::format {

/// Unpacks runs of bytes as Amira packs them (HxByteRLE): a count below 128 and the byte that is repeated so often, or 128
/// plus a count and so many bytes as they are.
class ByteRleStream final : public UnpackedStream {
public:
    explicit ByteRleStream(std::unique_ptr<ByteStream> packed) : UnpackedStream(std::move(packed), Packing::byte_rle) {}

private:
    std::size_t unpack_some(std::span<std::byte> bytes) override;
    bool next_run();

    std::size_t left_ = 0; ///< bytes of the run
    bool repeats_ = false;
    std::byte repeated_{};
};

} // namespace lapilli::format
