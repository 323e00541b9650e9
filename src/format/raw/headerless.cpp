// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/raw/headerless.hpp"

#include "core/error.hpp"
#include "format/raw/gzip_reader.hpp"
#include "format/raw/raw_reader.hpp"
#include "format/raw/raw_sidecar.hpp"

#include <utility>

namespace lapilli::format {

bool is_exactly_raw(const file::InputFile& file, const RawFormat& raw)
{
    return raw.shape && raw.type && !file.path().ends_with(".gz") && file.size() == raw_layout(file.path(), raw).bytes();
}

std::unique_ptr<ImageReader> open_headerless(Candidate candidate)
{
    const KnownRaw known = look_beside(*candidate.file, false, candidate.raw);
    return open_raw(std::move(*candidate.file), known);
}

std::unique_ptr<ImageReader> open_packed_raw(Candidate candidate)
{
    file::InputFile file = std::move(*candidate.file);
    const KnownRaw known = look_beside(file, true, candidate.raw);
    return is_exactly_raw(file, known.format) ? open_raw(std::move(file), known) : open_gzip(std::move(file), known);
}

std::unique_ptr<ImageReader> open_unread(Candidate candidate, std::string_view format)
{
    const KnownRaw known = look_beside(*candidate.file, false, candidate.raw);
    const RawFormat& raw = known.format;
    if ((raw.header && raw.shape && raw.type) || is_exactly_raw(*candidate.file, raw))
        return open_raw(std::move(*candidate.file), known);
    throw input_error("{} is {}, which is not read; save it as TIFF, HDF5 or raw", candidate.path, format);
}

} // namespace lapilli::format
