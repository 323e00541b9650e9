// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <string>

namespace lapilli::file {
class PendingFile;
}

namespace lapilli::checkpoint {

/// A file of another version of its format. Exit code 2.
class OtherVersion : public Error {
public:
    using Error::Error;
};

/// What this program writes, and all that it can read.
inline constexpr std::uint64_t sealed_version = 1;

/// What a checkpoint says of itself where it begins.
inline constexpr const char* about_checkpoint =
    "a checkpoint of lapilli; the JSON at its end, before the last 64 bytes, says of what";

/// Adds a text at the end of a file and behind it a seal of 64 bytes: what it is, its version, length and XXH3.
/// @throws Error disk full
void append_sealed(file::PendingFile& file, const std::string& text, std::uint64_t version = sealed_version);

/// Whether a file ends with such a seal, of any version. False where it cannot be read.
bool has_seal(const std::string& path);

/// The text at the end of a file. @throws Error a missing or damaged file; OtherVersion
std::string read_sealed(const std::string& path);

} // namespace lapilli::checkpoint
