// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/packed/byte_stream.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lapilli::format {

/// A file within a ZIP archive.
struct ZipMember {
    std::string name;
    Packing packing = Packing::none; ///< or deflate
    std::int64_t offset = 0;         ///< [bytes] of its data
    std::int64_t size = 0;           ///< [bytes], as they are stored
    std::uint32_t crc32 = 0;         ///< of what is unpacked
};

/// What a ZIP archive holds, also one above 4 GB. Members that are packed otherwise than by deflate, or encrypted, are left
/// out. @throws Error a file that has no list of members, or a list that is damaged
std::vector<ZipMember> zip_members(const file::InputFile& file);

} // namespace lapilli::format
