// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/slices/slices_reader.hpp"

#include "core/error.hpp"
#include "format/jpeg_2000/jpeg_2000.hpp"
#include "format/slices/bmp_reader.hpp"
#include "format/slices/jpeg_refusal.hpp"
#include "format/slices/png_reader.hpp"
#include "format/slices/visible_files.hpp"
#include "format/tiff/tiff_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <limits>
#include <tuple>
#include <utility>

namespace lapilli::format {
namespace {

constexpr std::string_view digits = "0123456789";

/// A name around its last number.
struct Slice {
    std::string name;
    std::string before, after;
    std::int64_t number = 0;
};

Slice slice_of(std::string name)
{
    const std::string stem = name.substr(0, name.rfind('.'));
    const std::size_t last = stem.find_last_of(digits);
    if (last == std::string::npos) return {name, stem, {}, -1};
    const std::size_t before = stem.find_last_not_of(digits, last);
    const std::size_t first = before == std::string::npos ? 0 : before + 1;
    Slice slice{std::move(name), stem.substr(0, first), stem.substr(last + 1), -1};
    std::from_chars(stem.data() + first, stem.data() + last + 1, slice.number);
    return slice;
}

/// A format that slices may have.
struct SliceKind {
    std::string_view name;
    std::array<std::string_view, 3> endings; ///< of names of files, in small letters
    std::unique_ptr<ImageReader> (*open)(file::InputFile file);
    /// Instead, where the library crashes on damaged files: the folder, in a process apart.
    std::unique_ptr<ImageReader> (*open_apart)(const std::string& folder) = nullptr;
};

constexpr std::array kinds{
    SliceKind{"TIFF", {".tif", ".tiff"}, [](file::InputFile file) { return open_tiff(std::move(file)); }},
    SliceKind{"PNG", {".png"}, open_png}, SliceKind{"BMP", {".bmp"}, open_bmp},
    SliceKind{"JPEG", {".jpg", ".jpeg"}, refuse_jpeg},
    SliceKind{"JPEG 2000", {".jp2", ".j2k", ".jpx"}, open_jpeg_2000, open_jpeg_2000_apart}};

bool has_ending(const SliceKind& kind, const std::string& name)
{
    const std::string found = ending(name);
    return !found.empty() && std::ranges::count(kind.endings, found) > 0;
}

/// The files of one kind.
struct SliceFiles {
    const SliceKind* kind = nullptr;
    std::vector<std::string> names; ///< without the folder
};

/// The kind of which there are the most: a picture for people beside the slices does no harm.
/// @throws Error there are none, or as many of another kind
SliceFiles slice_files(const std::string& folder)
{
    std::array<std::vector<std::string>, kinds.size()> names;
    for (auto& name : visible_files(folder)) {
        const auto* kind = std::ranges::find_if(kinds, [&](const SliceKind& it) { return has_ending(it, name); });
        if (kind != kinds.end()) names[kind - kinds.begin()].push_back(std::move(name));
    }
    const auto most = std::ranges::max_element(names, {}, &std::vector<std::string>::size);
    if (most->empty())
        throw input_error(
            "{} is a folder without slices in TIFF, PNG, BMP or JPEG 2000, but an image is expected; name a file, or a "
            "folder of slices such as slice1.tif, slice2.tif",
            folder);
    const auto as_many =
        std::find_if(most + 1, names.end(), [&](const auto& other) { return other.size() == most->size(); });
    if (as_many != names.end())
        throw input_error(
            "{} holds as many slices in {} as in {} ({} each), so it is not known which are meant; put those of "
            "one format into a folder of their own",
            folder, kinds[most - names.begin()].name, kinds[as_many - names.begin()].name, most->size());
    return {&kinds[most - names.begin()], std::move(*most)};
}

class SlicesReader : public ImageReader {
public:
    SlicesReader(const std::string& folder, const SliceKind& kind, std::vector<std::string> names)
        : kind_(kind), names_(std::move(names))
    {
        description_ = open(0)->description();
        const ImageDescription first = description_;
        for (std::size_t z = 1; z < names_.size(); ++z) {
            const auto slice = open(z);
            const ImageDescription& other = slice->description();
            if (other.shape != first.shape || other.type != first.type)
                throw input_error("{} is {} x {} {}, but {} is {} x {} {}; all slices of a folder must be alike", names_[z],
                                  other.shape.nx, other.shape.ny, name(other.type), names_[0], first.shape.nx,
                                  first.shape.ny, name(first.type));
        }
        if (first.shape.nz != 1)
            throw input_error("{} has {} planes, but in a folder of slices each file has one; name the file itself",
                              names_[0], first.shape.nz);
        description_.path = folder;
        description_.shape.nz = std::ssize(names_);
        description_.format = fmt::format("folder of {}", first.format);
    }

    bool streamed() const override { return false; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        const std::size_t plane = description_.shape.plane() * bytes_of(description_.type);
        for (std::int64_t z = planes.first; z < planes.last; ++z)
            open(z)->read_voxels({0, 1}, voxels.subspan((z - planes.first) * plane, plane));
    }

private:
    std::unique_ptr<ImageReader> open(std::size_t z) const { return kind_.open(file::InputFile(names_[z])); }

    const SliceKind& kind_;
    std::vector<std::string> names_; ///< with the folder
};

} // namespace

std::vector<std::string> in_natural_order(const std::string& folder, std::vector<std::string> names)
{
    std::vector<Slice> slices;
    for (auto& name : names) slices.push_back(slice_of(std::move(name)));
    std::ranges::sort(
        slices, [](const Slice& a, const Slice& b) { return std::tie(a.number, a.name) < std::tie(b.number, b.name); });
    std::int64_t step = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 1; i < slices.size(); ++i)
        if (const auto apart = slices[i].number - slices[i - 1].number; apart > 0) step = std::min(step, apart);
    std::vector<std::string> ordered;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const Slice& slice = slices[i];
        if (i > 0) {
            const Slice& last = slices[i - 1];
            if (slice.before != slices[0].before || slice.after != slices[0].after || slice.number < 0)
                throw input_error("{} holds {} and {}, which are not slices of one series; put each series into a folder of "
                                  "its own",
                                  folder, slices[0].name, slice.name);
            if (slice.number == last.number)
                throw input_error("{} holds the slice {} twice, as {} and {}; remove one of them", folder, slice.number,
                                  last.name, slice.name);
            if (slice.number - last.number != step)
                throw input_error(
                    "between {} and {} of {} slices are missing: the others are {} apart; add what is missing, or "
                    "number the slices anew",
                    last.name, slice.name, folder, step);
        }
        ordered.push_back((std::filesystem::path(folder) / slice.name).string());
    }
    return ordered;
}

bool is_slice_name(const std::string& name)
{
    return std::ranges::any_of(kinds, [&](const SliceKind& kind) { return has_ending(kind, name); });
}

std::unique_ptr<ImageReader> open_slices(const std::string& folder)
{
    auto* const apart = slice_files(folder).kind->open_apart;
    return apart != nullptr ? apart(folder) : open_slices_here(folder);
}

std::unique_ptr<ImageReader> open_slices_here(const std::string& folder)
{
    SliceFiles files = slice_files(folder);
    return std::make_unique<SlicesReader>(folder, *files.kind, in_natural_order(folder, std::move(files.names)));
}

} // namespace lapilli::format
