// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/packed/packed_bytes.hpp"

#include <bzlib.h>

namespace lapilli::format {

/// Unpacks bzip2, also several streams one after the other, as pbzip2 writes them.
class Bzip2Stream final : public UnpackedStream {
public:
    /// @throws Error no memory
    explicit Bzip2Stream(std::unique_ptr<ByteStream> packed);
    ~Bzip2Stream() override;
    Bzip2Stream(const Bzip2Stream&) = delete;
    Bzip2Stream& operator=(const Bzip2Stream&) = delete;

protected:
    std::size_t unpack_some(std::span<std::byte> bytes) override;

private:
    void begin();

    bz_stream stream_{};
};

} // namespace lapilli::format
