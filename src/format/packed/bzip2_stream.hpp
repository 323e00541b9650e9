// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/packed/packed_bytes.hpp"

#include <bzlib.h>

namespace lapilli::format {

/// Unpacks bzip2, also several streams one after the other, as pbzip2 writes them.
class Bzip2Stream final : public ByteStream {
public:
    /// @throws Error no memory
    explicit Bzip2Stream(std::unique_ptr<ByteStream> packed);
    ~Bzip2Stream() override;
    Bzip2Stream(const Bzip2Stream&) = delete;
    Bzip2Stream& operator=(const Bzip2Stream&) = delete;

    const std::string& path() const override { return packed_.path(); }
    std::size_t read(std::span<std::byte> bytes) override;

private:
    void begin();
    std::size_t unpack_some(std::span<std::byte> bytes);

    PackedBytes packed_;
    bz_stream stream_{};
    bool ended_ = false;
};

} // namespace lapilli::format
