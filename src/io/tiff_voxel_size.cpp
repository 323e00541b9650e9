// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/tiff_voxel_size.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace lapilli::io {
namespace {

std::optional<double> positive_number(std::optional<std::string_view> words)
{
    double value = 0;
    if (!words || std::from_chars(words->data(), words->data() + words->size(), value).ec != std::errc{})
        return std::nullopt;
    return std::isfinite(value) && value > 0 ? std::optional(value) : std::nullopt;
}

/// [m] of a unit as ImageJ writes it, in any of its spellings.
std::optional<double> metres(std::string_view unit)
{
    constexpr std::array<std::pair<std::string_view, double>, 14> units{{{"m", 1},
                                                                         {"cm", 1e-2},
                                                                         {"mm", 1e-3},
                                                                         {"um", 1e-6},
                                                                         {"micron", 1e-6},
                                                                         {"microns", 1e-6},
                                                                         {"micrometer", 1e-6},
                                                                         {"\xc2\xb5m", 1e-6},
                                                                         {"\xce\xbcm", 1e-6},
                                                                         {"\xb5m", 1e-6},
                                                                         {"\\u00B5m", 1e-6},
                                                                         {"\\u00b5m", 1e-6},
                                                                         {"nm", 1e-9},
                                                                         {"inch", 0.0254}}};
    const auto* const found =
        std::find_if(units.begin(), units.end(), [&](const auto& known) { return known.first == unit; });
    return found == units.end() ? std::nullopt : std::optional(found->second);
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-4 * std::abs(b); }

/// What programs put into the tags when they know nothing of the image.
bool is_default(double pixels, double unit_m)
{
    if (pixels == 1) return true;
    const double per_inch = pixels / unit_m * 0.0254;
    return std::ranges::any_of(std::array{72., 96., 150., 300., 600.}, [&](double dpi) { return near(per_inch, dpi); });
}

/// The tags are single precision: six digits of them mean something.
double six_digits(double value)
{
    std::array<char, 32> digits{};
    const auto written =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::scientific, 5);
    std::from_chars(digits.data(), written.ptr, value);
    return value;
}

struct Resolution {
    double x = 0; ///< pixels per unit
    double y = 0;
    std::optional<double> unit_m; ///< [m], of the unit in the tags
};

std::optional<Resolution> resolution(TiffFile& tiff)
{
    float x = 0;
    float y = 0;
    std::uint16_t unit = RESUNIT_INCH;
    if (!TIFFGetField(tiff.get(), TIFFTAG_XRESOLUTION, &x) || !TIFFGetField(tiff.get(), TIFFTAG_YRESOLUTION, &y))
        return std::nullopt;
    if (!std::isfinite(x) || !std::isfinite(y) || x <= 0 || y <= 0) return std::nullopt;
    TIFFGetFieldDefaulted(tiff.get(), TIFFTAG_RESOLUTIONUNIT, &unit);
    Resolution found{.x = x, .y = y, .unit_m = std::nullopt};
    if (unit == RESUNIT_CENTIMETER) found.unit_m = 1e-2;
    if (unit == RESUNIT_INCH) found.unit_m = 0.0254;
    return found;
}

VoxelSize imagej_size(const Resolution& tags, double unit_m, std::string_view description)
{
    if (is_default(tags.x, unit_m) && !description_value(description, "spacing")) return {};
    const double depth = positive_number(description_value(description, "spacing")).value_or(1);
    if (near(1 / tags.x, depth) && near(1 / tags.y, depth)) return {VoxelEdges::cube(six_digits(depth * unit_m)), {}};
    return {VoxelEdges{six_digits(unit_m / tags.x), six_digits(unit_m / tags.y), six_digits(depth * unit_m)}, {}};
}

} // namespace

std::optional<std::string_view> description_value(std::string_view description, std::string_view key)
{
    while (!description.empty()) {
        const std::string_view line = description.substr(0, description.find_first_of("\r\n"));
        if (line.size() > key.size() && line.starts_with(key) && line[key.size()] == '=') return line.substr(key.size() + 1);
        description.remove_prefix(std::min(description.size(), line.size() + 1));
    }
    return std::nullopt;
}

std::string_view tiff_description(TiffFile& tiff)
{
    const char* words = nullptr;
    return TIFFGetField(tiff.get(), TIFFTAG_IMAGEDESCRIPTION, &words) && words ? words : std::string_view();
}

VoxelSize tiff_voxel_size(TiffFile& tiff)
{
    const std::string_view description = tiff_description(tiff);
    if (const auto own = positive_number(description_value(description, "voxel_size_m"))) return {VoxelEdges::cube(*own), {}};
    const auto tags = resolution(tiff);
    if (!tags) return {};
    const auto unit = description.starts_with("ImageJ=") ? description_value(description, "unit") : std::nullopt;
    if (unit && metres(*unit)) return imagej_size(*tags, *metres(*unit), description);
    if (!tags->unit_m || is_default(tags->x, *tags->unit_m)) return {};
    const double x = six_digits(*tags->unit_m / tags->x);
    if (near(tags->x, tags->y)) return {VoxelEdges::cube(x), {}};
    return {std::nullopt, {fmt::format("the file says pixels of {:.6g} x {:.6g} um (x, y) and nothing of z, so the voxel "
                                       "size is not known; give it with --voxel",
                                       x * 1e6, *tags->unit_m / tags->y * 1e6)}};
}

} // namespace lapilli::io
