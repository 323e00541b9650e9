// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/slices/png_decoder.hpp"

#include "core/error.hpp"

#include <bit>
#include <csetjmp>
#include <exception>
#include <string_view>

namespace lapilli::format {

PngDecoder::PngDecoder(const file::InputFile& file) : file_(file)
{
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, fail, [](png_structp, png_const_charp) {});
    info_ = png_ != nullptr ? png_create_info_struct(png_) : nullptr;
    if (info_ == nullptr) throw failure("no memory to read {}; free some and run again", file.path());
    png_set_read_fn(png_, this, take);
}

void PngDecoder::take(png_structp png, png_bytep bytes, std::size_t count)
{
    auto& self = *static_cast<PngDecoder*>(png_get_io_ptr(png));
    bool done = false;
    try {
        done = self.file_.read_some(self.at_, std::as_writable_bytes(std::span(bytes, count))) == count;
    } catch (const std::exception&) { // may not go through the library
    }
    if (!done) png_error(png, "it ends early");
    self.at_ += static_cast<std::int64_t>(count);
}

void PngDecoder::fail(png_structp png, png_const_charp reason)
{
    auto& kept = static_cast<PngDecoder*>(png_get_error_ptr(png))->reason_;
    std::string_view(reason).copy(kept.data(), kept.size() - 1);
    png_longjmp(png, 1);
}

void PngDecoder::refuse() const
{
    throw input_error("{} cannot be read as PNG ({}); the file was cut off or is damaged", file_.path(), reason_.data());
}

PngHeader PngDecoder::header()
{
    if (setjmp(png_jmpbuf(png_)) != 0) refuse();
    png_read_info(png_, info_);
    const int kind = png_get_color_type(png_, info_);
    return {.ny = png_get_image_height(png_, info_),
            .nx = png_get_image_width(png_, info_),
            .bits = png_get_bit_depth(png_, info_),
            .numbers = png_get_channels(png_, info_),
            .palette = kind == PNG_COLOR_TYPE_PALETTE,
            .x_per_metre = static_cast<double>(png_get_x_pixels_per_meter(png_, info_)),
            .y_per_metre = static_cast<double>(png_get_y_pixels_per_meter(png_, info_))};
}

void PngDecoder::read(const PngHeader& header, std::span<std::byte> rows)
{
    if (setjmp(png_jmpbuf(png_)) != 0) refuse();
    png_set_packing(png_);
    if (header.bits == 16 && std::endian::native == std::endian::little) png_set_swap(png_);
    const int passes = png_set_interlace_handling(png_);
    png_start_read_image(png_);
    for (int pass = 0; pass < passes; ++pass)
        for (std::int64_t y = 0; y < header.ny; ++y)
            png_read_row(png_, reinterpret_cast<png_bytep>(rows.data() + y * header.row_bytes()), nullptr);
    png_read_end(png_, nullptr);
}

} // namespace lapilli::format
