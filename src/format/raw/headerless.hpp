// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"

namespace lapilli::format {

/// Whether a file has exactly the size of what is said of it: it is raw then, also where it happens to begin like something
/// else.
bool is_exactly_raw(const file::InputFile& file, const RawFormat& raw);

/// Headerless voxels, with what is said beside the file. @throws Error
std::unique_ptr<ImageReader> open_headerless(Candidate candidate);

/// The same, packed by gzip. @throws Error
std::unique_ptr<ImageReader> open_packed_raw(Candidate candidate);

/// A file that begins like a format which is not read: raw if what is said beside it fits exactly.
/// @throws Error else, by the name of that format
std::unique_ptr<ImageReader> open_unread(Candidate candidate, std::string_view format);

} // namespace lapilli::format
