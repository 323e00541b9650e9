// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/raw/headerless.hpp"

#include "core/error.hpp"
#include "format/packed/streamed_reader.hpp"
#include "format/raw/raw_reader.hpp"
#include "format/raw/raw_sidecar.hpp"

#include <filesystem>
#include <utility>

namespace lapilli::format {
namespace {

std::unique_ptr<ImageReader> read_packed(file::InputFile file, const KnownRaw& known, Packing packing)
{
    const RawLayout layout = raw_layout(file.path(), known.format);
    if (known.format.header == RawFormat::all_that_is_more)
        throw input_error("--header auto needs the size of the unpacked file, which {} does not say; give --header BYTES",
                          file.path());
    require_plausible(file.path(), file.size(), packing, layout);
    auto description = describe_raw(file.path(), fmt::format("raw{}", ending(packing)), layout, known);
    const std::int64_t size = file.size();
    return read_streamed(std::move(description), {.stream = unpack(read_bytes(std::move(file), 0, size), packing),
                                                  .layout = layout,
                                                  .before = known.format.header.value_or(0),
                                                  .advice = "is the shape right?"});
}

} // namespace

std::string_view ending(Packing packing)
{
    return packing == Packing::bzip2 ? ".bz2" : packing == Packing::zstd ? ".zst" : ".gz";
}

bool is_packed_name(const std::string& path)
{
    const auto last = std::filesystem::path(path).extension();
    return last == ending(Packing::gzip) || last == ending(Packing::bzip2) || last == ending(Packing::zstd);
}

bool is_exactly_raw(const file::InputFile& file, const RawFormat& raw)
{
    return raw.shape && raw.type && !is_packed_name(file.path()) && file.size() == raw_layout(file.path(), raw).bytes();
}

std::unique_ptr<ImageReader> open_headerless(Candidate candidate)
{
    const KnownRaw known = look_beside(*candidate.file, false, candidate.raw);
    return open_raw(std::move(*candidate.file), known);
}

std::unique_ptr<ImageReader> open_packed_raw(Candidate candidate, Packing packing)
{
    file::InputFile file = std::move(*candidate.file);
    const KnownRaw known = look_beside(file, true, candidate.raw);
    return is_exactly_raw(file, known.format) ? open_raw(std::move(file), known)
                                              : read_packed(std::move(file), known, packing);
}

std::unique_ptr<ImageReader> open_unread(Candidate candidate, std::string_view format)
{
    const KnownRaw known = look_beside(*candidate.file, false, candidate.raw);
    const RawFormat& raw = known.format;
    if ((raw.header && raw.shape && raw.type) || is_exactly_raw(*candidate.file, raw))
        return open_raw(std::move(*candidate.file), known);
    throw input_error("{} is {}, which is not read; save it as TIFF, HDF5 or NRRD, say", candidate.path, format);
}

} // namespace lapilli::format
