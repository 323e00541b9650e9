// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"

#include <cstdarg>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <tiffio.h>

namespace lapilli::format {

/// A TIFF opened by libtiff, whose messages are kept for our sentences instead of going to stderr.
class TiffFile {
public:
    /// @param mode  as TIFFOpen's
    /// @param largest_allocation  [bytes] that libtiff may take at once for what the file says of itself; 0: no limit
    /// @throws Error with libtiff's reason
    TiffFile(const std::string& path, const char* mode, std::int64_t largest_allocation);

    TIFF* get() const { return tiff_.get(); }
    const std::string& path() const { return path_; }

    /// Flushes and closes. @throws Error that the file could not be written
    void close();

    /// Forgets what libtiff has said so far.
    void forget();
    /// Whether it has said anything since, warnings included.
    bool complained() const;
    /// libtiff's first error since the last call, without its full stop; `otherwise` where it said nothing.
    std::string reason(std::string_view otherwise);
    /// "cannot write <path>: <errno text, or libtiff's reason>; ...", without the tag of a temporary file.
    Error unwritable();
    /// "<path>, page <number>, cannot be read (<reason>); ..."
    Error unreadable(std::size_t page);

private:
    struct Closer {
        void operator()(TIFF* tiff) const { TIFFClose(tiff); }
    };

    /// The first of each kind.
    struct Messages {
        std::string error;
        std::string warning;
    };
    static int keep(std::string& first, const char* format, va_list arguments);

    std::string path_;
    std::unique_ptr<Messages> messages_; // libtiff holds its address, and writes to it while closing
    std::unique_ptr<TIFF, Closer> tiff_;
};

} // namespace lapilli::format
