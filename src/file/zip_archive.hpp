// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lapilli::file {

/// The bytes of a zip archive whose files are stored as they are (PKWARE's APPNOTE 6.3), all of the same old date: the same
/// files make the same bytes.
class ZipArchive {
public:
    /// @throws Error  the archive gets larger than the 4 GB of the format
    void add(const std::string& name, std::string_view bytes);
    /// All of it; nothing can be added after.
    std::string take();

private:
    std::string bytes_;
    std::string directory_;
    std::uint16_t files_ = 0;
};

} // namespace lapilli::file
