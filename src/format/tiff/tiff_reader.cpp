// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/tiff/tiff_reader.hpp"

#include "core/error.hpp"
#include "format/decode.hpp"
#include "format/paint.hpp"
#include "format/raw/raw_reader.hpp"
#include "format/tiff/tiff_file.hpp"
#include "format/tiff/tiff_page.hpp"
#include "format/tiff/tiff_voxel_size.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace lapilli::format {
namespace {

/// The most that a byte of the file can unpack to: a bound against headers that promise what the file cannot hold.
std::int64_t best_ratio(std::uint16_t compression)
{
    switch (compression) {
    case COMPRESSION_NONE:
        return 1;
    case COMPRESSION_PACKBITS:
        return 64;
    case COMPRESSION_LZW:
    case COMPRESSION_ADOBE_DEFLATE:
    case COMPRESSION_DEFLATE:
    case COMPRESSION_CCITTFAX3:
    case COMPRESSION_CCITTFAX4:
        return 4096;
    default:
        return 16384; // zstd, LZMA
    }
}

void require_plausible(const file::InputFile& file, const TiffPage& page, std::size_t pages)
{
    std::int64_t needed = 0;
    const bool overflow =
        __builtin_mul_overflow(page.ny, page.row_bytes(page.nx), &needed) || __builtin_mul_overflow(needed, pages, &needed);
    std::int64_t piece = 0;
    const bool large = __builtin_mul_overflow(page.piece_ny, page.row_bytes(page.piece_nx), &piece);
    const std::int64_t ratio = best_ratio(page.compression);
    if (overflow || large || needed / ratio > file.size() || piece / ratio > file.size())
        throw input_error(
            "{} has {} bytes, too few for the {} pages of {} x {} voxels that it promises; it was cut off or is "
            "damaged",
            file.path(), text::grouped(file.size()), pages, page.nx, page.ny);
}

/// A row of a strip or tile -> voxels; libtiff has put the bytes into the order of this machine.
void unpack_row(const TiffPage& page, std::span<std::byte> bytes, const VoxelRun& run, std::span<std::byte> voxels)
{
    if (page.bits == 1) return unpack_bits(bytes, voxels);
    if (page.samples > 1) keep_grey(page.painted(), bytes, run);
    std::ranges::copy(bytes.first(voxels.size()), voxels.begin());
}

class TiffReader : public ImageReader {
public:
    TiffReader(TiffFile tiff, const file::InputFile& file, const std::vector<std::uint64_t>& directories)
        : tiff_(std::move(tiff)), file_bytes_(file.size())
    {
        for (const std::uint64_t offset : directories) {
            const TiffPage page = select({offset, pages_.size()});
            if (page.reduced && directories.size() > 1) continue;
            if (pages_.empty()) {
                require_plausible(file, page, 1);
                describe(page, resolution_unit(file, offset));
            } else if (!page.fits(first_page_)) {
                throw input_error("{}: page {} is {} x {} {}, but page 0 is {} x {} {}; all pages of a stack must be alike",
                                  file.path(), pages_.size(), page.nx, page.ny, text(page), first_page_.nx, first_page_.ny,
                                  text(first_page_));
            }
            require_plausible(file, page, pages_.size() + 1);
            pages_.push_back(offset);
        }
        if (pages_.empty())
            throw input_error("{} holds only thumbnails, but a stack is expected; write it again", file.path());
        description_.shape.nz = std::ssize(pages_);
        require_one_volume(tiff_.path(), words_, description_.shape.nz, description_.remarks);
    }

    bool streamed() const override { return false; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        const std::size_t plane = description_.shape.plane() * bytes_of(description_.type);
        for (std::int64_t z = planes.first; z < planes.last; ++z)
            load_plane(z, voxels.subspan((z - planes.first) * plane, plane));
    }

private:
    struct Place {
        std::uint64_t offset;
        std::size_t number; ///< for sentences
    };

    TiffPage select(const Place& place)
    {
        if (TIFFCurrentDirOffset(tiff_.get()) != place.offset && !TIFFSetSubDirectory(tiff_.get(), place.offset))
            throw tiff_.unreadable(place.number);
        return tiff_page(tiff_, place.number);
    }

    void describe(const TiffPage& page, std::optional<int> unit)
    {
        first_page_ = page;
        words_ = tiff_description(description_text(tiff_));
        const VoxelSize size = tiff_voxel_size(tiff_, words_, unit);
        description_ = {.path = tiff_.path(),
                        .format = text(page),
                        .shape = {1, page.ny, page.nx},
                        .type = page.type,
                        .voxel_edges_m = size.edges_m,
                        .voxel_by = size.by,
                        .remarks = remarks_on_paint(tiff_.path(), page),
                        .voxel_remarks = size.remarks};
    }

    void load_plane(std::int64_t z, std::span<std::byte> voxels)
    {
        const std::size_t number = z;
        const TiffPage page = select({pages_[number], number});
        buffer_.resize(page.piece_bytes());
        std::uint32_t piece = 0;
        for (std::int64_t y = 0; y < page.ny; y += page.piece_ny)
            for (std::int64_t x = 0; x < page.nx; x += page.piece_nx) {
                load_piece(page, piece++, number, std::min(page.piece_ny, page.ny - y));
                unpack_piece(page, {z, y, x}, voxels);
            }
    }

    /// libtiff guesses where a table of strips is cut off; a guess must not become labels.
    void require_place(std::uint32_t piece, std::size_t number)
    {
        int failed = 0;
        const std::uint64_t offset = TIFFGetStrileOffsetWithErr(tiff_.get(), piece, &failed);
        if (failed || offset == 0) throw tiff_.unreadable(number);
        const std::uint64_t bytes = TIFFGetStrileByteCountWithErr(tiff_.get(), piece, &failed);
        if (failed || bytes == 0 || offset > file_bytes_ || bytes > file_bytes_ - offset) throw tiff_.unreadable(number);
    }

    /// Strip or tile -> buffer_. A last strip has only the rows that are left, a last tile is whole.
    void load_piece(const TiffPage& page, std::uint32_t piece, std::size_t number, std::int64_t rows)
    {
        require_place(piece, number);
        tiff_.forget();
        std::fill(buffer_.begin(), buffer_.end(), std::byte{}); // of damaged data libtiff may leave out some without a word
        const tmsize_t bytes = page.tiled ? page.piece_bytes() : rows * page.row_bytes(page.piece_nx);
        const tmsize_t count = page.tiled ? TIFFReadEncodedTile(tiff_.get(), piece, buffer_.data(), bytes)
                                          : TIFFReadEncodedStrip(tiff_.get(), piece, buffer_.data(), bytes);
        // of damaged fax data libtiff warns, and leaves in the buffer what was there
        if (count != bytes || tiff_.complained()) throw tiff_.unreadable(number);
    }

    struct Corner {
        std::int64_t z, y, x;
    };

    /// buffer_ -> the rectangle of the plane with that corner.
    void unpack_piece(const TiffPage& page, const Corner& corner, std::span<std::byte> plane)
    {
        const std::size_t size = bytes_of(page.type);
        const std::size_t width = std::min(page.piece_nx, page.nx - corner.x);
        const std::size_t row_bytes = page.row_bytes(page.piece_nx);
        const std::size_t used_bytes = page.row_bytes(width);
        for (std::int64_t y = corner.y; y < std::min(page.ny, corner.y + page.piece_ny); ++y) {
            const std::int64_t in_plane = y * page.nx + corner.x;
            const auto bytes = std::span(buffer_).subspan((y - corner.y) * row_bytes, used_bytes);
            const auto voxels = plane.subspan(in_plane * size, width * size);
            const VoxelRun run{description_.path, description_.shape, corner.z * description_.shape.plane() + in_plane};
            unpack_row(page, bytes, run, voxels);
        }
    }

    TiffFile tiff_;
    TiffDescription words_;
    std::uint64_t file_bytes_;
    std::vector<std::uint64_t> pages_; ///< offsets of their directories
    TiffPage first_page_;
    std::vector<std::byte> buffer_; ///< a strip or a tile
};

} // namespace

std::unique_ptr<ImageReader> open_tiff(file::InputFile file)
{
    const std::vector<std::uint64_t> directories = tiff_directories(file);
    // r read, m no memory map (a file cut under us would kill), c no chopping of long strips, DO strip tables when needed.
    constexpr std::int64_t tables = std::int64_t{64} << 20;
    TiffFile tiff(file.path(), "rmcDO", tables + 2 * file.size());
    const TiffDescription words = tiff_description(description_text(tiff));
    const TiffPage page = tiff_page(tiff, 0);
    const std::int64_t planes = words.planes;
    const bool plain =
        page.compression == COMPRESSION_NONE && !page.tiled && page.bits > 1 && page.bits < 64 && page.samples == 1;
    if (planes < 2 || directories.size() > 1 || !words.in_one_piece || !plain)
        return std::make_unique<TiffReader>(std::move(tiff), file, directories);

    const VoxelSize size = tiff_voxel_size(tiff, words, resolution_unit(file, directories[0]));
    const RawLayout layout{
        .shape = {planes, page.ny, page.nx}, .type = page.type, .swap = TIFFIsByteSwapped(tiff.get()) != 0};
    ImageDescription description{.path = file.path(),
                                 .format = text(page) + ", planes in one piece",
                                 .shape = layout.shape,
                                 .type = layout.type,
                                 .voxel_edges_m = size.edges_m,
                                 .voxel_by = size.by,
                                 .remarks = remarks_on_paint(file.path(), page),
                                 .voxel_remarks = size.remarks};
    require_one_volume(file.path(), words, planes, description.remarks);
    int failed = 0;
    const std::int64_t offset = TIFFGetStrileOffsetWithErr(tiff.get(), 0, &failed);
    if (failed || offset == 0) throw tiff.unreadable(0);
    return open_raw_within(std::move(file), std::move(description), layout, offset);
}

} // namespace lapilli::format
