// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/raw/raw_sidecar.hpp"

#include "core/error.hpp"
#include "format/raw/headerless.hpp"
#include "format/voxel_size.hpp"
#include "text/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <system_error>

namespace lapilli::format {
namespace {

namespace fs = std::filesystem;

using Read = std::optional<RawClaim> (*)(std::string_view text);

/// A file beside an image, by its name, and what it may be.
struct Form {
    std::string_view ending;
    bool behind_extension; ///< rock.raw.json; else rock.mhd
    std::array<Read, 2> reads;
    bool meant; ///< nothing else is called so, and if it says nothing, that is told
};

constexpr std::array forms{
    Form{".json", true, {claim_of_record, nullptr}, true},
    Form{".info", true, {claim_of_pyhst, claim_of_imagej}, true},
    Form{".info", false, {claim_of_pyhst, claim_of_imagej}, true},
    Form{".txt", true, {claim_of_imagej, nullptr}, false},
    Form{".txt", false, {claim_of_imagej, nullptr}, false},
    Form{".mhd", false, {claim_of_metaimage, nullptr}, true},
    Form{".nhdr", false, {claim_of_nrrd, nullptr}, true},
};

/// Nothing if it cannot be read, or is too large to be what is looked for.
std::optional<std::string> text_of(const fs::path& path)
{
    constexpr std::int64_t most = 64 << 10;
    try {
        const file::InputFile file(path.string());
        if (file.size() > most) return std::nullopt;
        std::string text(file.size(), '\0');
        text.resize(file.read_some(0, std::as_writable_bytes(std::span(text))));
        return text;
    } catch (const Error&) { // empty, or no permission: then it says nothing
        return std::nullopt;
    }
}

std::optional<RawClaim> claim_of(const fs::path& path, const Form& form)
{
    const auto text = text_of(path);
    for (const Read read : form.reads)
        if (text && read != nullptr)
            if (auto claim = read(*text)) {
                claim->by = path.filename().string();
                return claim;
            }
    return std::nullopt;
}

bool is_about(const RawClaim& claim, const fs::path& image, const fs::path& unpacked)
{
    const auto name = fs::path(claim.of_file).filename();
    return name.empty() || name == image.filename() || name == unpacked.filename();
}

/// What lies beside it says, and last what its name says. `silent` gets the names of those that say nothing.
std::vector<RawClaim> claims_on(const fs::path& image, std::vector<std::string>& silent)
{
    const fs::path unpacked = is_packed_name(image.string()) ? fs::path(image).replace_extension() : image;
    std::vector<fs::path> seen{image};
    std::vector<RawClaim> claims;
    for (const auto& form : forms) {
        fs::path path = form.behind_extension ? unpacked : fs::path(unpacked).replace_extension();
        path += form.ending;
        std::error_code ignored;
        if (std::ranges::find(seen, path) != seen.end() || !fs::is_regular_file(path, ignored)) continue;
        seen.push_back(path);
        if (const auto claim = claim_of(path, form)) {
            if (is_about(*claim, image, unpacked)) claims.push_back(*claim);
        } else if (form.meant) {
            silent.push_back(path.filename().string());
        }
    }
    if (const auto claim = claim_of_name(image.filename().string())) claims.push_back(*claim);
    return claims;
}

bool same_lengths(const Shape& a, const Shape& b)
{
    std::array of_a{a.nz, a.ny, a.nx}, of_b{b.nz, b.ny, b.nx};
    std::ranges::sort(of_a);
    std::ranges::sort(of_b);
    return of_a == of_b;
}

bool is_cube(const Shape& shape) { return shape.nx == shape.ny && shape.ny == shape.nz; }

std::string order_text(bool big_endian) { return big_endian ? "big" : "little"; }

std::string header_text(std::int64_t header)
{
    return header == RawFormat::all_that_is_more ? "auto" : std::to_string(header);
}

/// An option, and what two say of it.
struct Difference {
    std::string option, a, b;
};

/// The first thing of which two say something else. A name does not know the order of its lengths.
template <class A>
std::optional<Difference> difference(const A& a, const RawClaim& b)
{
    const auto differ = [](const auto& one, const auto& other) { return one && other && *one != *other; };
    if (differ(a.shape, b.shape) && !(b.by_name && same_lengths(*a.shape, *b.shape)))
        return Difference{"--shape", text::shape_text(*a.shape), text::shape_text(*b.shape)};
    if (differ(a.type, b.type)) return Difference{"--type", std::string(name(*a.type)), std::string(name(*b.type))};
    if (differ(a.big_endian, b.big_endian) && !(b.type && bytes_of(*b.type) == 1))
        return Difference{"--endian", order_text(*a.big_endian), order_text(*b.big_endian)};
    if (differ(a.header, b.header) && *a.header != RawFormat::all_that_is_more)
        return Difference{"--header", header_text(*a.header), header_text(*b.header)};
    return std::nullopt;
}

/// Drops who contradicts the user.
void keep_agreeing(const RawFormat& given, std::vector<RawClaim>& claims, KnownRaw& known)
{
    std::erase_if(claims, [&](const RawClaim& claim) {
        const auto other = difference(given, claim);
        if (other)
            known.remarks.push_back(fmt::format("{} {} was given, but {} says {}; what was given is taken, and nothing of "
                                                "the other",
                                                other->option, other->a, claim.by, other->b));
        return other.has_value();
    });
}

/// @throws Error files that contradict each other; a name that contradicts one of them is dropped
void require_one_voice(const std::string& path, std::vector<RawClaim>& claims, KnownRaw& known)
{
    for (std::size_t i = 0; i < claims.size(); ++i)
        for (std::size_t j = i + 1; j < claims.size(); ++j) {
            const auto other = difference(claims[i], claims[j]);
            if (!other) continue;
            if (!claims[j].by_name)
                throw input_error("{} beside {} says {} {}, but {} says {}; give the right one with {}", claims[i].by, path,
                                  other->option, other->a, claims[j].by, other->b, other->option);
            known.remarks.push_back(fmt::format("{} says {} {}, but the name of {} says {}; the first is taken",
                                                claims[i].by, other->option, other->a, path, other->b));
            claims.pop_back(); // names come last
        }
}

VoxelType type_by_size(const file::InputFile& file, bool packed, const RawFormat& format)
{
    const auto header = std::max<std::int64_t>(0, format.header.value_or(0));
    const auto voxels = format.shape->voxels();
    for (const VoxelType type : {VoxelType::u8, VoxelType::u16})
        if (!packed && file.size() - header == voxels * bytes_of(type)) return type;
    return VoxelType::f32; // what PyHST writes
}

void take_voxel_size(const std::vector<RawClaim>& claims, KnownRaw& known)
{
    const RawClaim* first = nullptr;
    for (const auto& claim : claims) {
        if (claim.odd_unit)
            known.voxel_remarks.push_back(
                fmt::format("{} says how large voxels are, but in no unit that is known; give it with --voxel", claim.by));
        if (!claim.voxel_edges_m) continue;
        if (first == nullptr) first = &claim;
        if (!differ(*first->voxel_edges_m, *claim.voxel_edges_m)) continue;
        known.voxel_remarks.push_back(fmt::format("{} says voxels of {}, but {} says {}, so the voxel size is not known; "
                                                  "give it with --voxel",
                                                  first->by, text::edges_text(*first->voxel_edges_m), claim.by,
                                                  text::edges_text(*claim.voxel_edges_m)));
        return;
    }
    if (first == nullptr) return;
    known.voxel_edges_m = first->voxel_edges_m;
    known.voxel_by = first->by;
    known.voxel_remarks.push_back(voxel_size_remark(*first));
}

/// Fills what the user left out, and says so.
void take_layout(const file::InputFile& file, bool packed, const std::vector<RawClaim>& claims, KnownRaw& known)
{
    RawFormat& format = known.format;
    std::vector<std::string> sources, notes, words;
    for (const auto& claim : claims) {
        const auto before = words.size();
        const auto take = [&](auto& mine, const auto& theirs, const char* option, const auto& text_of_it) {
            if (mine || !theirs) return;
            mine = theirs;
            words.push_back(fmt::format("{} {}", option, text_of_it(*mine)));
        };
        take(format.shape, claim.shape, "--shape", [](const Shape& shape) { return text::shape_text(shape); });
        const bool by_habit = claim.by_name && words.size() > before;
        if (by_habit && !is_cube(*format.shape))
            notes.push_back(fmt::format("its lengths are taken as {} (x) by {} (y) by {} (z), give --shape if they are not",
                                        format.shape->nx, format.shape->ny, format.shape->nz));
        take(format.header, claim.header, "--header", header_text);
        take(format.type, claim.type, "--type", [](VoxelType type) { return name(type); });
        if (claim.type_by_size && !format.type) {
            format.type = type_by_size(file, packed, format);
            words.push_back(fmt::format("--type {}", name(*format.type)));
        }
        if (format.type && bytes_of(*format.type) > 1) take(format.big_endian, claim.big_endian, "--endian", order_text);
        if (words.size() == before) continue;
        sources.push_back(claim.by);
        if (!claim.note.empty() && !format.big_endian) notes.push_back(claim.note);
    }
    if (words.empty()) return;
    format.by = fmt::format("by {}", fmt::join(sources, " and "));
    known.remarks.push_back(fmt::format("{} is read with {}, as {} {}{}{}", file.path(), fmt::join(words, " "),
                                        fmt::join(sources, " and "), sources.size() > 1 ? "say" : "says",
                                        notes.empty() ? "" : "; ", fmt::join(notes, "; ")));
}

} // namespace

std::string voxel_size_remark(const RawClaim& claim)
{
    return fmt::format("the voxel size, {}, is taken from {}", text::edges_text(*claim.voxel_edges_m), claim.by);
}

KnownRaw look_beside(const file::InputFile& file, bool packed, const RawFormat& given)
{
    KnownRaw known{.format = given};
    std::vector<std::string> silent;
    std::vector<RawClaim> claims = claims_on(file.path(), silent);
    keep_agreeing(given, claims, known);
    require_one_voice(file.path(), claims, known);
    take_layout(file, packed, claims, known);
    take_voxel_size(claims, known);
    if (silent.empty() || (given.shape && given.type)) return known;
    const auto names = fmt::format("{}", fmt::join(silent, " and "));
    if (known.format.by.empty()) known.format.by = fmt::format("{} beside it says nothing that is understood", names);
    known.remarks.push_back(
        fmt::format("{} beside {} says nothing that is understood, so nothing is taken from it", names, file.path()));
    return known;
}

std::optional<RawClaim> record_beside(const std::string& image)
{
    const auto& record = forms.front();
    return claim_of(image + std::string(record.ending), record);
}

} // namespace lapilli::format
