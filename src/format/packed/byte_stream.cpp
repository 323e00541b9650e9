// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/packed/byte_stream.hpp"

#include "format/packed/byte_rle_stream.hpp"
#include "format/packed/bzip2_stream.hpp"
#include "format/packed/inflate_stream.hpp"
#include "format/packed/zstd_stream.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lapilli::format {
namespace {

class FileStream final : public ByteStream {
public:
    FileStream(file::InputFile file, std::int64_t offset, std::int64_t size)
        : file_(std::move(file)), offset_(offset), left_(size)
    {
    }

    const std::string& path() const override { return file_.path(); }

    std::size_t read(std::span<std::byte> bytes) override
    {
        const auto wanted = std::min<std::int64_t>(std::ssize(bytes), left_);
        const std::size_t count = file_.read_some(offset_, bytes.first(wanted));
        offset_ += count;
        left_ -= count;
        return count;
    }

private:
    file::InputFile file_;
    std::int64_t offset_;
    std::int64_t left_;
};

} // namespace

std::unique_ptr<ByteStream> read_bytes(file::InputFile file, std::int64_t offset, std::int64_t size)
{
    return std::make_unique<FileStream>(std::move(file), offset, size);
}

std::unique_ptr<ByteStream> unpack(std::unique_ptr<ByteStream> packed, Packing packing)
{
    switch (packing) {
    case Packing::none:
        return packed;
    case Packing::bzip2:
        return std::make_unique<Bzip2Stream>(std::move(packed));
    case Packing::zstd:
        return std::make_unique<ZstdStream>(std::move(packed));
    case Packing::byte_rle:
        return std::make_unique<ByteRleStream>(std::move(packed));
    default:
        return std::make_unique<InflateStream>(std::move(packed), packing);
    }
}

bool skip(ByteStream& stream, std::int64_t bytes)
{
    std::array<std::byte, 4096> passed;
    while (bytes > 0) {
        const auto wanted = std::span(passed).first(std::min<std::int64_t>(bytes, passed.size()));
        if (stream.read(wanted) != wanted.size()) return false;
        bytes -= std::ssize(wanted);
    }
    return true;
}

} // namespace lapilli::format
