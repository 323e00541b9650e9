// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"
#include "format/packed/byte_stream.hpp"

namespace lapilli::format {

/// Whether a file has exactly the size of what is said of it: it is raw then, also where it happens to begin like something
/// else.
bool is_exactly_raw(const file::InputFile& file, const RawFormat& raw);

/// ".gz", ".bz2" or ".zst".
std::string_view ending(Packing packing);

/// Whether the name of a file has one of these endings.
bool is_packed_name(const std::string& path);

/// Headerless voxels, with what is said beside the file. @throws Error
std::unique_ptr<ImageReader> open_headerless(Candidate candidate);

/// The same, packed. Streamed. @throws Error also a shape that so small a file cannot hold
std::unique_ptr<ImageReader> open_packed_raw(Candidate candidate, Packing packing);

/// A file that begins like a format which is not read: raw if what is said beside it fits exactly.
/// @throws Error else, by the name of that format
std::unique_ptr<ImageReader> open_unread(Candidate candidate, std::string_view format);

} // namespace lapilli::format
