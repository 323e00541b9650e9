// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/nrrd.hpp"

#include "core/error.hpp"
#include "format/header_text.hpp"
#include "text/length_unit.hpp"
#include "text/small_letters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace lapilli::format {
namespace {

/// The header ends with an empty line, or with the file. @returns its length with that line
std::size_t length_of_nrrd(std::string_view text)
{
    const auto unix_end = text.find("\n\n"), dos_end = text.find("\n\r\n");
    if (unix_end == std::string_view::npos && dos_end == std::string_view::npos) return text.size();
    return unix_end < dos_end ? unix_end + 2 : dos_end + 3;
}

std::optional<VoxelType> nrrd_type(std::string_view word)
{
    if (const auto type = nrrd_types.type(word)) return type;
    std::string name = text::small_letters(word);
    if (name == "char") return VoxelType::i8;
    if (name.starts_with("signed ")) name.erase(0, 7);
    if (name.ends_with("_t")) name.resize(name.size() - 2);
    if (name.starts_with("unsigned ")) name = "u" + name.substr(9);
    if (name.ends_with(" int")) name.resize(name.size() - 4);
    if (name == "long long" || name == "longlong") return VoxelType::i64;
    if (name == "ulong long" || name == "ulonglong") return VoxelType::u64;
    return name == "char" ? VoxelType::i8 : voxel_type(name);
}

Packing nrrd_packing(std::string_view encoding, const std::string& path)
{
    const std::string word = text::small_letters(encoding);
    if (word == "raw") return Packing::none;
    if (word == "gzip" || word == "gz") return Packing::gzip;
    if (word == "bzip2" || word == "bz2") return Packing::bzip2;
    throw input_error("{} is NRRD of the encoding '{}', which is not read; save it with the encoding raw or gzip", path,
                      encoding);
}

/// The one word in quotes of `"um" "um" "um"`; empty if they differ.
std::string_view one_unit(std::string_view words)
{
    const auto first = words.find('"');
    const auto last = first == std::string_view::npos ? first : words.find('"', first + 1);
    if (last == std::string_view::npos) return {};
    const auto unit = words.substr(first + 1, last - first - 1);
    for (auto at = first; at != std::string_view::npos; at = words.find('"', at)) {
        if (words.substr(at + 1, unit.size()) != unit || words.substr(at + 1 + unit.size(), 1) != "\"") return {};
        at += unit.size() + 2;
    }
    return unit;
}

/// "(2,0,0) (0,2,0) (0,0,4)" as vectors; those of axes that are not of space ("none") are left out.
std::vector<std::vector<double>> vectors_of(std::string_view text)
{
    constexpr std::size_t most = 8; // of axes
    std::vector<std::vector<double>> vectors;
    for (auto open = text.find('('); open != std::string_view::npos && vectors.size() < most;
         open = text.find('(', open + 1)) {
        const auto close = std::min(text.find(')', open), text.size());
        vectors.push_back(read_numbers<double>(text.substr(open + 1, close - open - 1), " \t,"));
    }
    return vectors;
}

/// Lengths of the steps along the axes of the file, wherever these point in space; nothing where they are not at right
/// angles.
std::vector<double> steps_of(const std::vector<std::vector<double>>& vectors)
{
    std::vector<double> steps;
    for (const auto& a : vectors) {
        double square = 0;
        for (const double component : a) square += component * component;
        steps.push_back(std::sqrt(square));
        for (const auto& b : vectors) {
            double product = 0;
            for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) product += a[i] * b[i];
            if (&a != &b && std::abs(product) > 1e-6 * square) return {};
        }
    }
    return steps;
}

bool are_upright(const std::vector<std::vector<double>>& vectors)
{
    for (std::size_t axis = 0; axis < vectors.size(); ++axis)
        for (std::size_t other = 0; other < vectors[axis].size(); ++other)
            if (other != axis && vectors[axis][other] != 0) return false;
    return true;
}

void set_nrrd_edges(const Fields& fields, VoxelBlock& block)
{
    auto lengths = read_numbers<double>(field(fields, "spacings"));
    auto unit = one_unit(field(fields, "units"));
    std::erase_if(lengths, [](double length) { return std::isnan(length); }); // of axes that are not of space
    if (const auto directions = vectors_of(field(fields, "space directions")); lengths.empty() && !directions.empty()) {
        lengths = steps_of(directions);
        unit = one_unit(field(fields, "space units"));
        if (lengths.empty())
            block.voxel_remarks.push_back("its axes are not at right angles, so the voxel size is not known");
        else if (!are_upright(directions))
            block.voxel_remarks.push_back(
                "its axes do not stand along those of its space; x, y and z are the axes of the file");
        const bool medical = !field(fields, "space").empty();
        if (unit.empty() && medical && !std::ranges::all_of(lengths, [](double length) { return length == 1; })) unit = "mm";
    }
    const bool nothing_said = unit.empty() && std::ranges::all_of(lengths, [](double length) { return length == 1; });
    if (nothing_said || lengths.empty() || (!unit.empty() && text::is_no_length(unit))) return;
    if (const auto metres = text::metres_of(unit))
        block.voxel_edges_m = voxel_edges(lengths, *metres);
    else
        block.voxel_remarks.push_back(unknown_unit("NRRD", fmt::format("{} (x, y, z)", fmt::join(lengths, " x ")), unit));
}

/// Where the voxels lie. @throws Error not in one piece
void place_nrrd(const Fields& fields, std::size_t header, const std::string& path, VoxelBlock& block)
{
    auto file = field(fields, "data file");
    if (file.empty()) file = field(fields, "datafile");
    if (file.starts_with("LIST") || file.find('%') != std::string_view::npos)
        throw input_error("{} is NRRD with a file for each plane, which is not read; save it as one .nrrd", path);
    auto lines = field(fields, "line skip"), bytes = field(fields, "byte skip");
    if (lines.empty()) lines = field(fields, "lineskip");
    if (bytes.empty()) bytes = field(fields, "byteskip");
    if (!lines.empty() && lines != "0")
        throw input_error("{} is NRRD that skips lines before the voxels, which is not read; save it without", path);
    block.file = file;
    block.packing = nrrd_packing(field(fields, "encoding"), path);
    block.offset = file.empty() ? static_cast<std::int64_t>(header) : 0;
    const auto skipped = read_number<std::int64_t>(bytes).value_or(0);
    block.at_end = skipped == -1 && block.packing == Packing::none;
    block.before = std::max<std::int64_t>(0, block.at_end ? 0 : skipped);
}

} // namespace

VoxelBlock parse_nrrd(std::string_view text, const std::string& path)
{
    if (!text.starts_with("NRRD")) throw input_error("{} does not begin as NRRD does; is it the right file?", path);
    const std::size_t header = length_of_nrrd(text);
    const auto fields = fields_of(text.substr(0, header), ':');
    const auto lengths = read_numbers<std::int64_t>(field(fields, "sizes"));
    const auto shape = image_shape(lengths);
    if (!shape) refuse_array(path, lengths);
    const auto type = nrrd_type(field(fields, "type"));
    if (!type)
        throw input_error("{} has voxels of type '{}', which is not read; save it as uint8", path, field(fields, "type"));
    VoxelBlock block{.format = "NRRD", .shape = *shape, .type = *type};
    place_nrrd(fields, header, path, block);
    block.big_endian = text::small_letters(field(fields, "endian")) == "big";
    set_nrrd_edges(fields, block);
    return block;
}

std::unique_ptr<ImageReader> open_nrrd(Candidate candidate)
{
    return open_block(candidate.path, {}, parse_nrrd(head_of(*candidate.file), candidate.path));
}

} // namespace lapilli::format
