// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/amira/amira_reader.hpp"

#include "core/error.hpp"
#include "format/amira/amira_header.hpp"
#include "format/amira/byte_rle_stream.hpp"
#include "format/decode.hpp"
#include "format/raw/raw_reader.hpp"
#include "text/sentence.hpp"

#include <array>
#include <bit>
#include <utility>

namespace lapilli::format {
namespace {

class ByteRleReader : public ImageReader {
public:
    ByteRleReader(file::InputFile file, ImageDescription description, const RawLayout& layout, const AmiraHeader& header)
        : file_(std::move(file)), stream_(file_, header.data_at, header.packed_bytes), layout_(layout)
    {
        description_ = std::move(description);
    }

    bool streamed() const override { return true; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        if (planes.first != next_plane_)
            throw failure("plane {} of {} was asked for after plane {}, but packed voxels are read in order", planes.first,
                          description_.path, next_plane_ - 1);
        const std::int64_t before = planes.first * layout_.shape.plane() * bytes_of(layout_.type);
        if (const std::size_t count = stream_.read(voxels); count != voxels.size()) throw wrong_size(before + count);
        if (layout_.swap) swap_bytes(layout_.type, voxels);
        next_plane_ = planes.last;
        std::array<std::byte, 1> beyond{};
        if (next_plane_ == layout_.shape.nz && stream_.read(beyond) > 0) throw wrong_size(layout_.bytes() + 1);
    }

private:
    Error wrong_size(std::int64_t unpacked) const
    {
        return input_error("{} unpacks to {} bytes{}, but {} are expected; it was cut off or is damaged", description_.path,
                           text::grouped(unpacked), unpacked > layout_.bytes() ? " or more" : "",
                           text::grouped(layout_.bytes()));
    }

    file::InputFile file_;
    ByteRleStream stream_;
    RawLayout layout_;
    std::int64_t next_plane_ = 0;
};

/// @throws Error packed voxels that are not in the file, or cannot be so many
void require_plausible(const file::InputFile& file, const AmiraHeader& header)
{
    const Shape& shape = header.shape;
    std::int64_t bytes = bytes_of(header.type);
    bool wrong = header.packed_bytes < 0 || header.packed_bytes > file.size() - header.data_at;
    for (const auto extent : {shape.nx, shape.ny, shape.nz}) wrong |= __builtin_mul_overflow(bytes, extent, &bytes);
    if (wrong || bytes / ByteRleStream::best_ratio > header.packed_bytes)
        throw input_error(
            "{} has {} bytes, but says that {} voxels of type {} lie in {} packed bytes behind byte {}; it was "
            "cut off or is damaged",
            file.path(), text::grouped(file.size()), text::shape_text(shape), name(header.type),
            text::grouped(header.packed_bytes), text::grouped(header.data_at));
}

} // namespace

std::unique_ptr<ImageReader> open_amira(file::InputFile file)
{
    const AmiraHeader header = amira_header(file);
    const bool packed = header.packing != AmiraHeader::Packing::none;
    if (header.packing == AmiraHeader::Packing::zip)
        throw input_error("{} has voxels packed by HxZip, which is not read; save it as a plain Amira mesh", file.path());
    const bool native_big = std::endian::native == std::endian::big;
    const bool swap = bytes_of(header.type) > 1 && header.big_endian != native_big;
    const RawLayout layout{.shape = header.shape, .type = header.type, .swap = swap};
    ImageDescription description{.path = file.path(),
                                 .format = fmt::format("Amira mesh {}{}", name(header.type), packed ? ", byte RLE" : ""),
                                 .shape = header.shape,
                                 .type = header.type,
                                 .voxel_edges_m = header.voxel.edges_m,
                                 .remarks = header.remarks,
                                 .voxel_remarks = header.voxel.remarks};
    if (!packed) return open_raw_within(std::move(file), std::move(description), layout, header.data_at);
    require_plausible(file, header);
    return std::make_unique<ByteRleReader>(std::move(file), std::move(description), layout, header);
}

} // namespace lapilli::format
