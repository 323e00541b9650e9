// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/packed/packed_bytes.hpp"

namespace lapilli::format {

/// Unpacks runs of bytes as Amira packs them (HxByteRLE): a count below 128 and the byte that is repeated so often, or 128
/// plus a count and so many bytes as they are.
class ByteRleStream final : public ByteStream {
public:
    explicit ByteRleStream(std::unique_ptr<ByteStream> packed) : packed_(std::move(packed), "byte RLE") {}

    const std::string& path() const override { return packed_.path(); }
    std::size_t read(std::span<std::byte> bytes) override;

private:
    bool next_run();

    PackedBytes packed_;
    std::size_t left_ = 0; ///< bytes of the run
    bool repeats_ = false;
    std::byte repeated_{};
};

} // namespace lapilli::format
