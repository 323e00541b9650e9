// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/error.hpp"
#include "format/packed/byte_stream.hpp"

#include <zlib.h>

#include <utility>

namespace lapilli::format {
namespace {

class CheckedStream final : public ByteStream {
public:
    CheckedStream(std::unique_ptr<ByteStream> stream, std::uint32_t expected)
        : stream_(std::move(stream)), expected_(expected)
    {
    }

    const std::string& path() const override { return stream_->path(); }

    std::size_t read(std::span<std::byte> bytes) override
    {
        const auto count = stream_->read(bytes);
        sum_ = crc32_z(sum_, reinterpret_cast<const Bytef*>(bytes.data()), count);
        if (count < bytes.size() && sum_ != expected_)
            throw input_error("{} unpacks to bytes that do not have their checksum; it is damaged, fetch or make it again",
                              path());
        return count;
    }

private:
    std::unique_ptr<ByteStream> stream_;
    std::uint32_t expected_;
    uLong sum_ = 0;
};

} // namespace

std::unique_ptr<ByteStream> compare_crc32(std::unique_ptr<ByteStream> stream, std::uint32_t expected)
{
    return std::make_unique<CheckedStream>(std::move(stream), expected);
}

} // namespace lapilli::format
