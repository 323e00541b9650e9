// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/slices/bmp_reader.hpp"

#include "core/error.hpp"
#include "format/headed/header_bytes.hpp"
#include "format/paint.hpp"
#include "format/pixel_density.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace lapilli::format {
namespace {

constexpr std::int64_t file_header_bytes = 14;

/// What a BMP file says of its picture: the header of OS/2 (12 bytes) or one of Windows' (40 and more).
struct BmpHeader {
    std::int64_t ny = 0, nx = 0;
    int bits = 0; ///< of a pixel
    std::uint32_t packing = 0;
    bool from_above = false;
    std::int64_t pixels_at = 0;  ///< [bytes]
    std::int64_t palette_at = 0; ///< [bytes]
    int palette_entry = 4;       ///< bytes of a colour: blue, green, red
    double x_per_metre = 0, y_per_metre = 0;

    std::int64_t row_bytes() const { return (nx * bits + 31) / 32 * 4; }
    std::size_t numbers() const { return bits > 8 ? bits / 8 : 1; }
};

BmpHeader bmp_header(const file::InputFile& file)
{
    constexpr std::uint32_t of_os2 = 12, of_windows = 40;
    std::string bytes(file_header_bytes + of_windows, '\0');
    const std::int64_t size = file.read_some(0, std::as_writable_bytes(std::span(bytes)));
    const HeaderBytes begin(bytes, false);
    const auto kind = begin.get<std::uint32_t>(14);
    BmpHeader header{.pixels_at = begin.get<std::uint32_t>(10), .palette_at = file_header_bytes + kind};
    if (!bytes.starts_with("BM") || size < file_header_bytes + std::min(kind, of_windows) ||
        (kind != of_os2 && kind < of_windows))
        throw input_error(
            "{} does not begin like BMP, but its name or its first bytes say so; the file is damaged, write it "
            "again",
            file.path());
    if (kind == of_os2) {
        header.nx = begin.get<std::uint16_t>(18);
        header.ny = begin.get<std::uint16_t>(20);
        header.bits = begin.get<std::uint16_t>(24);
        header.palette_entry = 3;
        return header;
    }
    const std::int64_t rows = begin.get<std::int32_t>(22);
    header.nx = begin.get<std::int32_t>(18);
    header.ny = std::abs(rows);
    header.from_above = rows < 0;
    header.bits = begin.get<std::uint16_t>(28);
    header.packing = begin.get<std::uint32_t>(30);
    header.x_per_metre = begin.get<std::int32_t>(38);
    header.y_per_metre = begin.get<std::int32_t>(42);
    return header;
}

/// @throws Error what is packed, or is not in the file
void require_readable(const file::InputFile& file, const BmpHeader& header)
{
    constexpr std::uint32_t not_packed = 0;
    constexpr std::array known_bits{1, 4, 8, 24, 32};
    if (header.packing != not_packed || std::ranges::find(known_bits, header.bits) == known_bits.end())
        throw input_error(
            "{} is a BMP of {} bits, packed by method {}, but only those of 1, 4, 8, 24 or 32 bits that are not "
            "packed are read; save it as PNG or TIFF",
            file.path(), header.bits, header.packing);
    std::int64_t bytes = 0;
    if (header.nx < 1 || header.ny < 1 || __builtin_mul_overflow(header.row_bytes(), header.ny, &bytes) ||
        header.pixels_at > file.size() || bytes > file.size() - header.pixels_at)
        throw input_error("{} has {} bytes, too few for the {} x {} voxels that it promises; it was cut off or is damaged",
                          file.path(), text::grouped(file.size()), header.nx, header.ny);
}

/// Whether a number is painted as something else than the grey of that brightness.
bool is_painted(const file::InputFile& file, const BmpHeader& header)
{
    if (header.bits > 8 || header.palette_at >= header.pixels_at) return false;
    const std::int64_t colours = std::int64_t{1} << header.bits;
    std::vector<std::byte> palette(std::min(colours * header.palette_entry, header.pixels_at - header.palette_at));
    file.read(header.palette_at, palette);
    for (std::int64_t i = 0; (i + 1) * header.palette_entry <= std::ssize(palette); ++i) {
        const std::byte grey{static_cast<unsigned char>(i * 255 / (colours - 1))};
        for (int colour = 0; colour < 3; ++colour)
            if (palette[i * header.palette_entry + colour] != grey) return true;
    }
    return false;
}

void unpack_halves(std::span<const std::byte> halves, std::span<std::byte> voxels)
{
    for (std::size_t i = 0; i < voxels.size(); ++i)
        voxels[i] = i % 2 == 0 ? halves[i / 2] >> 4 : halves[i / 2] & std::byte{15};
}

class BmpReader : public ImageReader {
public:
    explicit BmpReader(file::InputFile file) : file_(std::move(file)), header_(bmp_header(file_))
    {
        require_readable(file_, header_);
        const VoxelSize size = cubes_of_density(header_.x_per_metre, header_.y_per_metre);
        const bool colours = header_.numbers() > 1;
        description_ = {.path = file_.path(),
                        .format = colours            ? "BMP u8 of equal colours"
                                  : header_.bits < 8 ? fmt::format("BMP {} bit", header_.bits)
                                                     : "BMP u8",
                        .shape = {1, header_.ny, header_.nx},
                        .type = VoxelType::u8,
                        .voxel_edges_m = size.edges_m,
                        .voxel_by = size.by,
                        .voxel_remarks = size.remarks};
        if (is_painted(file_, header_)) description_.remarks.push_back(palette_remark(file_.path()));
    }

    bool streamed() const override { return false; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        if (planes.count() == 0) return;
        rows_.resize(header_.ny * header_.row_bytes());
        file_.read(header_.pixels_at, rows_);
        for (std::int64_t y = 0; y < header_.ny; ++y) {
            const std::int64_t stored = header_.from_above ? y : header_.ny - 1 - y;
            unpack(std::span(rows_).subspan(stored * header_.row_bytes(), header_.row_bytes()), y,
                   voxels.subspan(y * header_.nx, header_.nx));
        }
    }

private:
    void unpack(std::span<std::byte> row, std::int64_t y, std::span<std::byte> voxels) const
    {
        if (header_.bits == 1) return unpack_bits(row, voxels);
        if (header_.bits == 4) return unpack_halves(row, voxels);
        if (header_.bits > 8)
            keep_grey({header_.numbers(), 1}, row.first(header_.nx * header_.numbers()),
                      {description_.path, description_.shape, y * header_.nx});
        std::ranges::copy(row.first(voxels.size()), voxels.begin());
    }

    file::InputFile file_;
    BmpHeader header_;
    std::vector<std::byte> rows_; ///< as they are stored
};

} // namespace

std::unique_ptr<ImageReader> open_bmp(file::InputFile file) { return std::make_unique<BmpReader>(std::move(file)); }

} // namespace lapilli::format
