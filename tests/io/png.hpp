// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "headed.hpp"

#include <string>
#include <vector>

#include <zlib.h>

namespace lapilli::test {

/// A PNG file composed by its specification: rows of pixels that are packed already, filter 0.
struct PngFile {
    std::uint32_t nx = 0, ny = 0;
    int bits = 8, kind = 0; ///< 0 grey, 2 colours, 3 palette, 4 grey with opacity, 6 colours with opacity
    bool interlaced = false;
    std::vector<std::string> rows = {}; ///< where interlaced, those of all passes
    std::uint32_t per_metre = 0;

    static std::string chunk(const std::string& name, const std::string& bytes)
    {
        const std::string checked = name + bytes;
        const auto sum = ::crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
        return number_bytes(static_cast<std::uint32_t>(bytes.size()), true) + checked +
               number_bytes(static_cast<std::uint32_t>(sum), true);
    }
    std::string bytes() const
    {
        std::string plain;
        for (const auto& row : rows) plain += '\0' + row;
        std::string packed(::compressBound(plain.size()), '\0');
        uLongf size = packed.size();
        ::compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(plain.data()),
                   plain.size());
        packed.resize(size);
        std::string file = "\x89PNG\r\n\x1a\n" + chunk("IHDR", number_bytes(nx, true) + number_bytes(ny, true) + char(bits) +
                                                                   char(kind) + '\0' + '\0' + (interlaced ? '\1' : '\0'));
        if (per_metre > 0) file += chunk("pHYs", number_bytes(per_metre, true) + number_bytes(per_metre, true) + '\1');
        if (kind == 3) file += chunk("PLTE", std::string(3 << bits, '\7'));
        return file + chunk("IDAT", packed) + chunk("IEND", "");
    }
};

} // namespace lapilli::test
