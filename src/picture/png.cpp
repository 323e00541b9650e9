// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "picture/png.hpp"

#include "core/error.hpp"

#include <png.h>

#include <csetjmp>
#include <new>
#include <utility>

namespace lapilli::picture {

namespace {

struct Layout {
    int width = 0;
    int height = 0;
    int kind = PNG_COLOR_TYPE_GRAY;
    int bits = 8;
};

/// The library's own state, which is freed whatever happens. The library leaves by a jump where it fails: what has a
/// destructor is a member.
class PngWriter {
public:
    explicit PngWriter(std::span<const Colour> palette)
        : png_(png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, [](png_structp, png_const_charp) {})),
          info_(png_ != nullptr ? png_create_info_struct(png_) : nullptr)
    {
        for (const auto& c : palette) {
            colours_.push_back({c.red, c.green, c.blue});
            opacity_.push_back(c.opacity);
        }
    }
    ~PngWriter() { png_destroy_write_struct(&png_, &info_); }
    PngWriter(const PngWriter&) = delete;
    PngWriter& operator=(const PngWriter&) = delete;

    std::string write(const Layout& layout, const std::uint8_t* pixels, Effort effort)
    {
        if (info_ == nullptr || setjmp(png_jmpbuf(png_)) != 0) throw failure("there is no memory to write a picture");
        png_set_write_fn(png_, &bytes_, append, [](png_structp) {});
        png_set_compression_level(png_, static_cast<int>(effort));
        png_set_filter(png_, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE); // neighbours in a palette are no neighbours in colour
        png_set_IHDR(png_, info_, layout.width, layout.height, layout.bits, layout.kind, PNG_INTERLACE_NONE,
                     PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
        if (!colours_.empty()) {
            png_set_PLTE(png_, info_, colours_.data(), static_cast<int>(colours_.size()));
            png_set_tRNS(png_, info_, opacity_.data(), static_cast<int>(opacity_.size()), nullptr);
        }
        png_write_info(png_, info_);
        png_set_packing(png_);
        for (std::ptrdiff_t row = 0; row < layout.height; ++row) png_write_row(png_, pixels + row * layout.width);
        png_write_end(png_, info_);
        return std::move(bytes_);
    }

private:
    static void append(png_structp png, png_bytep data, std::size_t size)
    {
        bool done = false;
        try {
            static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(data), size);
            done = true;
        } catch (const std::bad_alloc&) { // may not go through the library
        }
        if (!done) png_error(png, "no memory");
    }

    std::string bytes_;
    std::vector<png_color> colours_;
    std::vector<png_byte> opacity_;
    png_structp png_;
    png_infop info_;
};

int bits_for(std::size_t colours) { return colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8; }

} // namespace

std::string png(const Indexed& picture, Effort effort)
{
    return PngWriter(picture.palette)
        .write({picture.width, picture.height, PNG_COLOR_TYPE_PALETTE, bits_for(picture.palette.size())},
               picture.pixels.data(), effort);
}

std::string grey_png(int width, int height, std::span<const std::uint8_t> pixels, Effort effort)
{
    return PngWriter({}).write({width, height}, pixels.data(), effort);
}

} // namespace lapilli::picture
