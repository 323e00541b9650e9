// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/nifti.hpp"

#include "core/error.hpp"
#include "format/headed/header_bytes.hpp"
#include "format/header_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <utility>

namespace lapilli::format {
namespace {

/// Where things stand in the header of a version.
struct NiftiPlaces {
    std::int32_t size;
    std::size_t dim, datatype, pixdim, vox_offset, slope, units, magic;
};
constexpr NiftiPlaces first_version{348, 40, 70, 76, 108, 112, 123, 344};
constexpr NiftiPlaces second_version{540, 16, 12, 104, 168, 176, 500, 4};

constexpr std::pair<int, VoxelType> nifti_types[] = {
    {2, VoxelType::u8},   {4, VoxelType::i16},   {8, VoxelType::i32},   {16, VoxelType::f32},   {64, VoxelType::f64},
    {256, VoxelType::i8}, {512, VoxelType::u16}, {768, VoxelType::u32}, {1024, VoxelType::i64}, {1280, VoxelType::u64}};

/// The header in the order of bytes in which its first number is its size; nothing if it is none.
std::optional<std::pair<HeaderBytes, NiftiPlaces>> nifti_header(std::string_view bytes)
{
    for (const NiftiPlaces& places : {first_version, second_version})
        for (const bool big : {false, true}) {
            const HeaderBytes header(bytes, big);
            const auto magic = header.text(places.magic, 3);
            const auto kind = places.size == first_version.size ? '1' : '2';
            if (header.get<std::int32_t>(0) == places.size && magic.size() == 3 && magic[0] == 'n' &&
                (magic[1] == '+' || magic[1] == 'i') && magic[2] == kind)
                return std::pair(header, places);
        }
    return std::nullopt;
}

bool is_in_gzip(const Candidate& candidate) { return candidate.begin.starts_with("\x1f\x8b\x08"); }

/// The first bytes, unpacked.
std::string nifti_begin(const Candidate& candidate)
{
    auto stream = read_bytes(file::InputFile(candidate.path), 0, candidate.file->size());
    if (is_in_gzip(candidate)) stream = unpack(std::move(stream), Packing::gzip);
    std::string begin(second_version.size, '\0');
    begin.resize(stream->read(std::as_writable_bytes(std::span(begin))));
    return begin;
}

void set_nifti_edges(const HeaderBytes& header, const NiftiPlaces& places, VoxelBlock& block)
{
    std::array<double, 3> edges{};
    const bool wide = places.size == second_version.size;
    for (std::size_t axis = 0; axis < 3; ++axis)
        edges[axis] = std::abs(wide ? header.get<double>(places.pixdim + 8 * (axis + 1))
                                    : header.get<float>(places.pixdim + 4 * (axis + 1)));
    if (!wide) // which has six digits
        for (double& edge : edges)
            edge = std::isfinite(edge) ? read_number<double>(fmt::format("{:.6g}", edge)).value_or(0) : 0;
    const int unit = header.get<unsigned char>(places.units) & 7;
    const double metres = unit == 1 ? 1 : unit == 2 ? 1e-3 : unit == 3 ? 1e-6 : 0;
    if (edges == std::array{1.0, 1.0, 1.0} && metres != 1e-6) return; // what writers put unasked
    if (metres > 0)
        block.voxel_edges_m = voxel_edges(edges, metres);
    else if (edges[0] > 0)
        block.voxel_remarks.push_back(
            unknown_unit("NIfTI", fmt::format("{} x {} x {} (x, y, z)", edges[0], edges[1], edges[2]), ""));
}

} // namespace

VoxelBlock parse_nifti(std::string_view bytes, const std::string& path)
{
    const auto found = nifti_header(bytes);
    if (!found) throw input_error("{} has no header of NIfTI that can be read; it is damaged, fetch or make it again", path);
    const auto& [header, places] = *found;
    const bool wide = places.size == second_version.size;
    const auto length = [&, &header = header, &places = places](std::size_t axis) -> std::int64_t {
        return wide ? header.get<std::int64_t>(places.dim + 8 * axis) : header.get<std::int16_t>(places.dim + 2 * axis);
    };
    std::vector<std::int64_t> lengths;
    for (std::size_t axis = 1; axis <= 7 && static_cast<std::int64_t>(axis) <= length(0); ++axis)
        lengths.push_back(length(axis));
    const auto shape = image_shape(lengths);
    if (!shape) refuse_array(path, lengths);
    const int code = header.get<std::int16_t>(places.datatype);
    const auto* const type = std::ranges::find(nifti_types, code, &std::pair<int, VoxelType>::first);
    if (type == std::end(nifti_types))
        throw input_error("{} has voxels of the type {} of NIfTI, which is not read; save it as uint8", path, code);
    VoxelBlock block{
        .format = wide ? "NIfTI-2" : "NIfTI-1", .shape = *shape, .type = type->second, .big_endian = header.big_endian()};
    const double offset =
        wide ? static_cast<double>(header.get<std::int64_t>(places.vox_offset)) : header.get<float>(places.vox_offset);
    if (!(offset >= 0 && offset < 1e15))
        throw input_error("{} says that its voxels begin at byte {}; it is damaged, fetch or make it again", path, offset);
    block.before = static_cast<std::int64_t>(offset);
    if (header.text(places.magic, 3)[1] == 'i')
        block.file = std::filesystem::path(path).filename().replace_extension(".img").string();
    const double slope = wide ? header.get<double>(places.slope) : header.get<float>(places.slope);
    const double intercept = wide ? header.get<double>(places.slope + 8) : header.get<float>(places.slope + 4);
    const bool scaled = std::isfinite(slope) && slope != 0 && std::isfinite(intercept); // else the standard says: as stored
    if (scaled && (slope != 1 || intercept != 0))
        block.remarks.push_back(fmt::format("{} means each value times {}, plus {}; they are read as they are stored "
                                            "(scl_slope, scl_inter)",
                                            path, slope, intercept));
    set_nifti_edges(header, places, block);
    return block;
}

bool is_nifti(const Candidate& candidate)
{
    if (!candidate.file) return false;
    if (!is_in_gzip(candidate)) return nifti_header(candidate.begin).has_value();
    try {
        return nifti_header(nifti_begin(candidate)).has_value();
    } catch (const Error&) { // damaged gzip: whoever reads it says so
        return false;
    }
}

std::unique_ptr<ImageReader> open_nifti(Candidate candidate)
{
    VoxelBlock block = parse_nifti(nifti_begin(candidate), candidate.path);
    if (is_in_gzip(candidate)) block.packing = Packing::gzip;
    return open_block(candidate.path, {}, block);
}

} // namespace lapilli::format
