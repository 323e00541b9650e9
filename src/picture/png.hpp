// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "picture/colours.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace lapilli::picture {

/// A picture of which each pixel is the index of a colour; row 0 is at the top.
struct Indexed {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels; ///< shape (height, width)
    std::vector<Colour> palette;      ///< 1 ... 256 colours
};

/// How hard the compressor tries.
enum class Effort { quick = 3, thorough = 9 };

/// The picture as a PNG file, with as few bits a pixel as its palette needs. @throws Error there is no memory
std::string png(const Indexed& picture, Effort effort);

/// A picture of greys, shape (height, width). @throws Error there is no memory
std::string grey_png(int width, int height, std::span<const std::uint8_t> pixels, Effort effort);

} // namespace lapilli::picture
