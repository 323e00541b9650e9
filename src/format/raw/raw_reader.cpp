// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/raw/raw_reader.hpp"

#include "core/error.hpp"
#include "format/decode.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <utility>

namespace lapilli::format {
namespace {

class RawReader : public ImageReader {
public:
    RawReader(file::InputFile file, ImageDescription description, const RawLayout& layout, std::int64_t offset)
        : file_(std::move(file)), layout_(layout), offset_(offset)
    {
        description_ = std::move(description);
    }

    bool streamed() const override { return false; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        file_.read(offset_ + planes.first * layout_.shape.plane() * bytes_of(layout_.type), voxels);
        if (layout_.swap) swap_bytes(layout_.type, voxels);
    }

private:
    file::InputFile file_;
    RawLayout layout_;
    std::int64_t offset_;
};

constexpr std::int64_t round_number = 64; // of which the lengths of headers are multiples

/// Bytes before the first voxel. @throws Error what is more than the voxels need is no header
std::int64_t header_of(const file::InputFile& file, const RawLayout& layout, const RawFormat& raw)
{
    if (raw.header != RawFormat::all_that_is_more) {
        const std::int64_t header = raw.header.value_or(0);
        if (header <= file.size()) return header;
        throw input_error("{} has {} bytes, but --header {} passes over more; correct the length of its header", file.path(),
                          text::grouped(file.size()), header);
    }
    const std::int64_t more = file.size() - layout.bytes();
    if (more >= 0 && more % round_number == 0) return more;
    throw input_error(
        "{} has {} bytes, {} {} than {} needs, which is no usual header; check the shape, or give --header BYTES",
        file.path(), text::grouped(file.size()), text::grouped(std::abs(more)), more < 0 ? "fewer" : "more", layout.said);
}

/// What to do about a file that has so many bytes more than its voxels.
std::string advice(std::int64_t more)
{
    if (more <= 0 || more % round_number != 0) return "is the shape right?";
    return fmt::format("is the shape right? If a header stands before the voxels, add --header {}", more);
}

} // namespace

bool overflows(const Shape& shape, VoxelType type)
{
    std::int64_t bytes = bytes_of(type);
    return __builtin_mul_overflow(bytes, shape.nz, &bytes) || __builtin_mul_overflow(bytes, shape.ny, &bytes) ||
           __builtin_mul_overflow(bytes, shape.nx, &bytes);
}

RawLayout raw_layout(const std::string& path, const RawFormat& raw)
{
    const std::string by = raw.by.empty() ? "" : fmt::format(" ({})", raw.by);
    if (!raw.shape && !raw.type)
        throw input_error(
            "{} is of no format that is known, so it is taken for raw{}; add --shape NZxNYxNX and --type u8|u16|...", path,
            by);
    if (!raw.shape) throw input_error("{} is raw and does not say its size{}; add --shape NZxNYxNX", path, by);
    if (!raw.type)
        throw input_error("{} is raw and does not say its type{}; add --type TYPE, one of {}", path, by, voxel_type_names());
    const Shape& shape = *raw.shape;
    if (shape.nz < 1 || shape.ny < 1 || shape.nx < 1)
        throw input_error("--shape {} holds no voxels, but {} needs at least 1x1x1; correct the shape",
                          text::shape_text(shape), path);
    if (overflows(shape, *raw.type))
        throw input_error("--shape {} is larger than any file can be, also {}; correct the shape", text::shape_text(shape),
                          path);
    const bool native_big = std::endian::native == std::endian::big;
    return {shape, *raw.type, bytes_of(*raw.type) > 1 && raw.big_endian.value_or(false) != native_big,
            fmt::format("--shape {} --type {}{}", text::shape_text(shape), name(*raw.type), by)};
}

ImageDescription describe_raw(const std::string& path, const std::string& format, const RawLayout& layout,
                              const KnownRaw& known)
{
    const bool big = layout.swap != (std::endian::native == std::endian::big);
    const char* order = bytes_of(layout.type) == 1 ? "" : big ? " big-endian" : " little-endian";
    return {.path = path,
            .format = fmt::format("{} {}{}", format, name(layout.type), order),
            .shape = layout.shape,
            .type = layout.type,
            .voxel_edges_m = known.voxel_edges_m,
            .voxel_by = known.voxel_by,
            .raw = known.format,
            .remarks = known.remarks,
            .voxel_remarks = known.voxel_remarks};
}

std::unique_ptr<ImageReader> open_raw(file::InputFile file, const KnownRaw& known)
{
    const RawLayout layout = raw_layout(file.path(), known.format);
    const std::int64_t header = header_of(file, layout, known.format);
    if (file.size() - header != layout.bytes())
        throw input_error("{} has {} bytes, but {} needs {}{}; {}", file.path(), text::grouped(file.size()), layout.said,
                          text::grouped(layout.bytes()), header > 0 ? fmt::format(" behind --header {}", header) : "",
                          advice(file.size() - layout.bytes()));
    auto description = describe_raw(file.path(), "raw", layout, known);
    if (header > 0) description.format += fmt::format(" behind {} bytes", text::grouped(header));
    return std::make_unique<RawReader>(std::move(file), std::move(description), layout, header);
}

std::unique_ptr<ImageReader> open_raw_within(file::InputFile file, ImageDescription description, const RawLayout& layout,
                                             std::int64_t offset)
{
    if (overflows(layout.shape, layout.type) || offset < 0 || offset > file.size() || layout.bytes() > file.size() - offset)
        throw input_error("{} has {} bytes, but says that {} voxels of type {} follow byte {}; it was cut off or is damaged",
                          file.path(), text::grouped(file.size()), text::shape_text(layout.shape), name(layout.type),
                          text::grouped(offset));
    return std::make_unique<RawReader>(std::move(file), std::move(description), layout, offset);
}

} // namespace lapilli::format
