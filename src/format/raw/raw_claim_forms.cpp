// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/image_reader.hpp"
#include "format/raw/raw_claim.hpp"
#include "text/length_unit.hpp"
#include "text/small_letters.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

namespace lapilli::format {
namespace {

using Fields = std::map<std::string, std::string, std::less<>>;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Lines of a key and a value, keys in small letters; the first of several with one key.
Fields fields_of(std::string_view text, char separator)
{
    Fields fields;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto at = line.find(separator);
        if (at != std::string_view::npos)
            fields.emplace(text::small_letters(trimmed(line.substr(0, at))), trimmed(line.substr(at + 1)));
    }
    return fields;
}

std::string_view value(const Fields& fields, std::string_view key)
{
    const auto found = fields.find(key);
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

template <class T>
std::optional<T> number(std::string_view text)
{
    T value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Three numbers between which stand any of these.
template <class T>
std::optional<std::array<T, 3>> three(std::string_view text, const char* between)
{
    std::array<T, 3> values{};
    for (T& each : values) {
        text.remove_prefix(std::min(text.find_first_not_of(between), text.size()));
        const auto end = std::min(text.find_first_of(between), text.size());
        const auto read = number<T>(text.substr(0, end));
        if (!read) return std::nullopt;
        each = *read;
        text.remove_prefix(end);
    }
    if (text.find_first_not_of(between) != std::string_view::npos) return std::nullopt;
    return values;
}

std::optional<Shape> shape_of(std::optional<std::int64_t> nx, std::optional<std::int64_t> ny, std::optional<std::int64_t> nz)
{
    constexpr std::int64_t longest = std::int64_t{1} << 20; // the cube of which can be counted
    for (const auto& length : {nx, ny, nz})
        if (!length || *length < 1 || *length > longest) return std::nullopt;
    return Shape{*nz, *ny, *nx};
}

std::optional<Shape> shape_of(const std::optional<std::array<std::int64_t, 3>>& xyz)
{
    return xyz ? shape_of((*xyz)[0], (*xyz)[1], (*xyz)[2]) : std::nullopt;
}

std::optional<VoxelEdges> edges_of(const std::optional<std::array<double, 3>>& xyz, double unit_m)
{
    if (!xyz || !std::ranges::all_of(*xyz, [](double e) { return std::isfinite(e) && e > 0; })) return std::nullopt;
    return VoxelEdges{(*xyz)[0] * unit_m, (*xyz)[1] * unit_m, (*xyz)[2] * unit_m};
}

/// A whole number at the end in parentheses, as ImageJ writes behind lengths: "2.0 mm (400)"; else the one it begins with.
std::optional<std::int64_t> count(std::string_view text)
{
    const auto open = text.rfind('(');
    if (open != std::string_view::npos) text = text.substr(open + 1);
    return number<std::int64_t>(text.substr(0, text.find_first_not_of("0123456789")));
}

/// Of MetaImage and NRRD: bytes, or -1 where the voxels stand at the end.
bool set_header(std::string_view text, RawClaim& claim)
{
    if (text.empty()) return true;
    const auto bytes = number<std::int64_t>(text);
    if (!bytes || *bytes < -1) return false;
    if (*bytes != 0) claim.header = *bytes == -1 ? RawFormat::all_that_is_more : *bytes;
    return true;
}

void set_imagej_size(const Fields& fields, RawClaim& claim)
{
    const auto size = value(fields, "voxel size"); // "5x5x5 micron^3"
    const auto blank = size.find(' ');
    if (blank == std::string_view::npos) return;
    const auto unit = trimmed(size.substr(blank, size.rfind('^') - blank));
    if (text::is_no_length(unit)) return;
    const auto metres = text::metres_of(unit);
    claim.odd_unit = !metres;
    if (metres) claim.voxel_edges_m = edges_of(three<double>(size.substr(0, blank), "x"), *metres);
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

void set_nrrd_size(const Fields& fields, RawClaim& claim)
{
    auto lengths = three<double>(value(fields, "spacings"), " \t");
    auto unit = one_unit(value(fields, "units"));
    if (const auto space = value(fields, "space directions"); !lengths && !space.empty()) {
        std::vector<double> matrix; // of axes that stand upright
        for (std::size_t at = 0; (at = space.find_first_of("(,", at)) != std::string_view::npos; ++at)
            if (const auto entry = number<double>(trimmed(space.substr(at + 1, space.find_first_of(",)", at + 1) - at - 1))))
                matrix.push_back(*entry);
        if (matrix.size() == 9) lengths = {std::abs(matrix[0]), std::abs(matrix[4]), std::abs(matrix[8])};
        for (const std::size_t other : {1U, 2U, 3U, 5U, 6U, 7U})
            if (lengths && matrix[other] != 0) lengths.reset();
        unit = one_unit(value(fields, "space units"));
    }
    const auto metres = text::metres_of(unit);
    claim.odd_unit = lengths && !metres;
    if (metres) claim.voxel_edges_m = edges_of(lengths, *metres);
}

std::optional<VoxelType> named_type(std::string_view word,
                                    std::initializer_list<std::pair<std::string_view, VoxelType>> names)
{
    for (const auto& [name, type] : names)
        if (name == word) return type;
    return std::nullopt;
}

} // namespace

std::optional<RawClaim> claim_of_record(std::string_view text)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("image") || !json["image"].is_object()) return std::nullopt;
    const auto& image = json["image"];
    const auto numbers = [&](const char* key) {
        std::vector<double> found;
        if (!image.contains(key)) return found;
        const auto& entry = image[key];
        if (entry.is_number()) return std::vector{entry.get<double>()};
        if (entry.is_array() && entry.size() == 3)
            for (const auto& each : entry) found.push_back(each.is_number() ? each.get<double>() : 0);
        return found;
    };
    const auto whole = [](double length) -> std::optional<std::int64_t> {
        if (length >= 1 && length < 1e9 && std::floor(length) == length) return length;
        return std::nullopt;
    };
    const auto word = [&](const char* key) {
        return image.contains(key) && image[key].is_string() ? image[key].get<std::string>() : std::string();
    };
    const auto zyx = numbers("shape"), size = numbers("voxel_size_m");
    RawClaim claim{.type = image.contains("type") ? voxel_type(word("type")) : VoxelType::u8}; // once the only one
    if (const auto order = word("endian"); order == "little" || order == "big") claim.big_endian = order == "big";
    if (zyx.size() == 3) claim.shape = shape_of(whole(zyx[2]), whole(zyx[1]), whole(zyx[0]));
    if (size.size() == 1) claim.voxel_edges_m = edges_of(std::array{size[0], size[0], size[0]}, 1);
    if (size.size() == 3) claim.voxel_edges_m = edges_of(std::array{size[2], size[1], size[0]}, 1);
    return claim.shape ? std::optional(claim) : std::nullopt;
}

std::optional<RawClaim> claim_of_pyhst(std::string_view text)
{
    const auto fields = fields_of(text, '=');
    const auto length = [&](const char* key) { return number<std::int64_t>(value(fields, key)); };
    RawClaim claim{.shape = shape_of(length("num_x"), length("num_y"), length("num_z")), .type_by_size = true};
    if (!claim.shape) return std::nullopt;
    if (const auto edge = number<double>(value(fields, "voxelsize")))
        claim.voxel_edges_m = edges_of(std::array{*edge, *edge, *edge}, 1e-6);
    const auto order = text::small_letters(value(fields, "byteorder"));
    if (order == "lowbytefirst") claim.big_endian = false;
    if (order == "highbytefirst") claim.big_endian = true;
    return claim;
}

std::optional<RawClaim> claim_of_imagej(std::string_view text)
{
    const auto fields = fields_of(text, ':');
    const auto depth = count(value(fields, "depth"));
    RawClaim claim{.shape = shape_of(count(value(fields, "width")), count(value(fields, "height")),
                                     depth ? depth : count(value(fields, "slices")))};
    if (!claim.shape) return std::nullopt;
    const auto bits = value(fields, "bits per pixel");
    claim.type =
        named_type(bits.substr(0, bits.find(' ')), {{"8", VoxelType::u8}, {"16", VoxelType::u16}, {"32", VoxelType::f32}});
    if (claim.type && *claim.type != VoxelType::u8)
        claim.note = "ImageJ writes the high byte of raw voxels first unless told otherwise, so give --endian big if the "
                     "labels are odd";
    set_imagej_size(fields, claim);
    return claim;
}

std::optional<RawClaim> claim_of_metaimage(std::string_view text)
{
    const auto fields = fields_of(text, '=');
    const auto channels = value(fields, "elementnumberofchannels");
    if (text::small_letters(value(fields, "compresseddata")) == "true" || !(channels.empty() || channels == "1"))
        return std::nullopt;
    RawClaim claim{.shape = shape_of(three<std::int64_t>(value(fields, "dimsize"), " \t")),
                   .type = named_type(text::small_letters(value(fields, "elementtype")), {{"met_uchar", VoxelType::u8},
                                                                                          {"met_char", VoxelType::i8},
                                                                                          {"met_ushort", VoxelType::u16},
                                                                                          {"met_short", VoxelType::i16},
                                                                                          {"met_uint", VoxelType::u32},
                                                                                          {"met_int", VoxelType::i32},
                                                                                          {"met_ulong_long", VoxelType::u64},
                                                                                          {"met_long_long", VoxelType::i64},
                                                                                          {"met_float", VoxelType::f32},
                                                                                          {"met_double", VoxelType::f64}}),
                   .of_file = std::string(value(fields, "elementdatafile"))};
    if (!claim.shape || !claim.type || claim.of_file.empty() || !set_header(value(fields, "headersize"), claim))
        return std::nullopt;
    for (const char* key : {"binarydatabyteordermsb", "elementbyteordermsb"})
        if (const auto high_first = value(fields, key); !high_first.empty())
            claim.big_endian = text::small_letters(high_first) == "true";
    auto lengths = value(fields, "elementspacing");
    if (lengths.empty()) lengths = value(fields, "elementsize");
    const auto millimetres = three<double>(lengths, " \t");
    if (millimetres != std::array{1.0, 1.0, 1.0}) claim.voxel_edges_m = edges_of(millimetres, 1e-3);
    return claim;
}

std::optional<RawClaim> claim_of_nrrd(std::string_view text)
{
    if (!text.starts_with("NRRD")) return std::nullopt;
    const auto fields = fields_of(text, ':');
    const auto data = value(fields, "data file"), encoding = value(fields, "encoding"), lines = value(fields, "line skip");
    if ((encoding != "raw" && encoding != "gzip" && encoding != "gz") || !(lines.empty() || lines == "0"))
        return std::nullopt;
    auto type = text::small_letters(value(fields, "type"));
    if (type.ends_with("_t")) type.resize(type.size() - 2);
    auto known = named_type(type, {{"unsigned char", VoxelType::u8},
                                   {"signed char", VoxelType::i8},
                                   {"unsigned short", VoxelType::u16},
                                   {"unsigned int", VoxelType::u32},
                                   {"unsigned long long", VoxelType::u64},
                                   {"long long", VoxelType::i64}});
    RawClaim claim{.shape = shape_of(three<std::int64_t>(value(fields, "sizes"), " \t")),
                   .type = known ? known : voxel_type(type),
                   .of_file = std::string(data.empty() ? value(fields, "datafile") : data)};
    if (!claim.shape || !claim.type || claim.of_file.empty() || !set_header(value(fields, "byte skip"), claim))
        return std::nullopt;
    const auto order = text::small_letters(value(fields, "endian"));
    if (order == "little" || order == "big") claim.big_endian = order == "big";
    set_nrrd_size(fields, claim);
    return claim;
}

} // namespace lapilli::format
