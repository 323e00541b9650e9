// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/image_reader.hpp"

#include "core/error.hpp"
#include "format/decode.hpp"
#include "format/formats.hpp"
#include "format/raw/headerless.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace lapilli::format {
namespace {

/// "file.h5:/dataset" is cut at a ':' before which a file or folder stands; a path that exists is never cut.
std::pair<std::string, std::string> split(const std::string& path)
{
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return {path, {}};
    for (std::size_t colon = path.rfind(':'); colon != std::string::npos && colon > 0; colon = path.rfind(':', colon - 1)) {
        const std::string file = path.substr(0, colon);
        if (std::filesystem::exists(file, ignored)) return {file, path.substr(colon + 1)};
    }
    // Nothing stands there: blame the file, not the file with the dataset.
    const std::size_t colon = path.find(":/");
    return {path.substr(0, colon == 0 ? std::string::npos : colon), {}};
}

Candidate candidate_of(const std::string& path, const RawFormat& raw)
{
    auto [file, part] = split(path);
    Candidate candidate{.path = std::move(file), .part = std::move(part), .raw = raw};
    if (std::error_code ignored; std::filesystem::is_directory(candidate.path, ignored)) return candidate;
    candidate.file.emplace(candidate.path);
    candidate.begin.resize(Candidate::most_of_begin);
    candidate.begin.resize(candidate.file->read_some(0, std::as_writable_bytes(std::span(candidate.begin))));
    return candidate;
}

/// @throws Error what the user gave for raw files contradicts a file that describes itself
void require_agreement(const ImageDescription& image, const RawFormat& raw)
{
    if (raw.shape && *raw.shape != image.shape)
        throw input_error("--shape {} was given, but {} says {}; leave --shape away", text::shape_text(*raw.shape),
                          image.path, text::shape_text(image.shape));
    if (raw.type && *raw.type != image.type)
        throw input_error("--type {} was given, but {} says {}; leave --type away", name(*raw.type), image.path,
                          name(image.type));
    if (raw.header)
        throw input_error("--header was given, but {} ({}) describes itself; leave --header away", image.path, image.format);
    if (raw.big_endian.value_or(false))
        throw input_error(
            "big-endian voxels were asked for, but {} ({}) says its own order of bytes; leave --endian, or the "
            "> of --type, away",
            image.path, image.format);
}

} // namespace

void ImageReader::read_voxels(PlaneRange planes, std::span<std::byte> voxels)
{
    const std::int64_t size = bytes_of(description_.type);
    require_request(planes, std::ssize(voxels) % size == 0 ? std::ssize(voxels) / size : -1);
    load(planes, voxels);
}

void ImageReader::read(PlaneRange planes, std::span<std::int32_t> labels)
{
    require_request(planes, std::ssize(labels));
    const Shape& shape = description_.shape;
    const std::int64_t layer = description_.layer;
    const std::int64_t plane = shape.plane(), size = bytes_of(description_.type);
    constexpr std::int64_t piece = std::int64_t{1} << 20; // stays in the second-level cache between reading and decoding
    const std::int64_t step = std::max<std::int64_t>(1, piece / (plane * size) / layer) * layer;
    for (PlaneRange part{planes.first, planes.first}; part.last < planes.last; part.first = part.last) {
        part.last = std::min(planes.last, part.first / layer * layer + step);
        voxels_.resize(part.count() * plane * size);
        load(part, voxels_);
        decode(description_.type, voxels_, {description_.path, shape, part.first * plane},
               labels.subspan((part.first - planes.first) * plane, part.count() * plane));
    }
}

void ImageReader::require_request(PlaneRange planes, std::int64_t voxels) const
{
    const Shape& shape = description_.shape;
    if (planes.first < 0 || planes.last < planes.first || planes.last > shape.nz || voxels != planes.count() * shape.plane())
        throw failure("planes {} to {} of {} ({}) were asked for into {} voxels, which do not fit", planes.first,
                      planes.last, description_.path, text::shape_text(shape), voxels);
}

std::unique_ptr<ImageReader> open_image(const std::string& path, const RawFormat& raw)
{
    Candidate candidate = candidate_of(path, raw);
    const Format& format = format_of(candidate);
    if (!candidate.part.empty() && !format.parts)
        throw input_error("{} is {}, which holds one image, but a part of it ({}) was asked for; name the file alone",
                          candidate.path, format.name, candidate.part);
    if (format.open == nullptr) return open_unread(std::move(candidate), format.name);
    auto reader = format.open(std::move(candidate));
    if (!reader->description().raw) require_agreement(reader->description(), raw);
    return reader;
}

} // namespace lapilli::format
