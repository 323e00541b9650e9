// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <png.h>

namespace lapilli::format {

/// What a PNG file says of its picture.
struct PngHeader {
    std::int64_t ny = 0, nx = 0;
    int bits = 8;    ///< of a number: 1, 2, 4, 8, 16
    int numbers = 1; ///< of a pixel
    bool palette = false;
    double x_per_metre = 0, y_per_metre = 0; ///< pixels; 0: it does not say

    /// Unpacked: a number of less than 8 bits takes a byte.
    std::int64_t row_bytes() const { return nx * numbers * (bits > 8 ? 2 : 1); }
};

/// libpng at work on one file, from its begin to its end. The library leaves by a jump where it fails: what has a destructor
/// is a member.
class PngDecoder {
public:
    explicit PngDecoder(const file::InputFile& file);
    ~PngDecoder() { png_destroy_read_struct(&png_, &info_, nullptr); }
    PngDecoder(const PngDecoder&) = delete;
    PngDecoder& operator=(const PngDecoder&) = delete;

    /// @throws Error no PNG, or a damaged one
    PngHeader header();
    /// All rows, once, behind header(): numbers in the order of bytes of this machine. @throws Error it is damaged or cut
    /// off
    void read(const PngHeader& header, std::span<std::byte> rows);

private:
    static void take(png_structp png, png_bytep bytes, std::size_t count);
    [[noreturn]] static void fail(png_structp png, png_const_charp reason);
    [[noreturn]] void refuse() const;

    const file::InputFile& file_;
    std::int64_t at_ = 0; ///< bytes that the library has taken
    std::array<char, 128> reason_{};
    png_structp png_ = nullptr;
    png_infop info_ = nullptr;
};

} // namespace lapilli::format
