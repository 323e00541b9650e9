// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/image_reader.hpp"

#include "core/error.hpp"
#include "file/input_file.hpp"
#include "format/decode.hpp"
#include "format/foreign_format.hpp"
#include "format/hdf5/hdf5_apart.hpp"
#include "format/hdf5/hdf5_reader.hpp"
#include "format/raw/gzip_reader.hpp"
#include "format/raw/raw_reader.hpp"
#include "format/raw/raw_sidecar.hpp"
#include "format/tiff/slices_reader.hpp"
#include "format/tiff/tiff_reader.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace lapilli::format {
namespace {

struct FileAndDataset {
    std::string file;
    std::string dataset; ///< empty: none was named
};

/// "file.h5:/dataset" is cut at a ':' before which a file stands; a path that exists is never cut.
FileAndDataset split(const std::string& path)
{
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return {path, {}};
    for (std::size_t colon = path.rfind(':'); colon != std::string::npos && colon > 0; colon = path.rfind(':', colon - 1)) {
        const std::string file = path.substr(0, colon);
        if (std::filesystem::is_regular_file(file, ignored)) return {file, path.substr(colon + 1)};
    }
    // Nothing stands there: blame the file, not the file with the dataset.
    const std::size_t colon = path.find(":/");
    return {path.substr(0, colon == 0 ? std::string::npos : colon), {}};
}

/// An image whose first bytes happen to be 1f 8b 08 is not gzip if its size is exactly what the user said.
bool is_exactly_raw(const file::InputFile& file, const RawFormat& raw)
{
    return raw.shape && raw.type && !file.path().ends_with(".gz") && file.size() == raw_layout(file.path(), raw).bytes();
}

/// @throws Error a format that is not read, unless the user says where its voxels are or the size is exactly theirs
void require_no_foreign_format(const file::InputFile& file, const RawFormat& raw)
{
    if ((raw.header && raw.shape && raw.type) || is_exactly_raw(file, raw)) return;
    if (const auto name = foreign_format(file); !name.empty())
        throw input_error("{} is {}, which is not read; save it as TIFF, HDF5 or raw", file.path(), name);
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

/// Raw or gzip of raw, with what is said beside the file.
std::unique_ptr<ImageReader> open_headerless(file::InputFile file, const RawFormat& raw)
{
    const bool gzip = is_gzip(file);
    const KnownRaw known = look_beside(file, gzip && !is_exactly_raw(file, raw), raw);
    if (gzip && !is_exactly_raw(file, known.format)) return open_gzip(std::move(file), known);
    require_no_foreign_format(file, known.format);
    return open_raw(std::move(file), known);
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
    const auto [file_name, dataset] = split(path);
    std::unique_ptr<ImageReader> reader;
    if (std::error_code ignored; std::filesystem::is_directory(file_name, ignored)) {
        reader = open_slices(file_name);
        require_agreement(reader->description(), raw);
        return reader;
    }
    file::InputFile file(file_name);
    if (is_hdf5(file))
        reader = open_hdf5_apart(file_name, dataset);
    else if (!dataset.empty())
        throw input_error("{} is not an HDF5 file, but a dataset ({}) was asked for; name the file alone", file_name,
                          dataset);
    else if (is_tiff(file))
        reader = open_tiff(std::move(file));
    else
        return open_headerless(std::move(file), raw);
    require_agreement(reader->description(), raw);
    return reader;
}

} // namespace lapilli::format
