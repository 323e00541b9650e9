// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/tiff/tiff_voxel_size.hpp"

#include "format/pixel_density.hpp"
#include "text/length_unit.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace lapilli::format {
namespace {

using Style = TiffDescription::Style;

bool near(double a, double b) { return std::abs(a - b) <= 1e-4 * std::abs(b); }

/// What the resolution tags say.
struct Tags {
    double x = 0; ///< pixels per unit; 0: nothing
    double y = 0;
    int unit = RESUNIT_INCH;

    /// [m] of their own unit, if it is one.
    std::optional<double> unit_m() const
    {
        constexpr int millimetre = 4, micrometre = 5; // of many programs, though not of the standard
        switch (unit) {
        case RESUNIT_INCH:
            return 0.0254;
        case RESUNIT_CENTIMETER:
            return 1e-2;
        case millimetre:
            return 1e-3;
        case micrometre:
            return 1e-6;
        default:
            return std::nullopt;
        }
    }
    /// What programs write when they know nothing of the image.
    bool is_default() const
    {
        if (x == 0 || y == 0) return true;
        const double of_unit = unit_m().value_or(1);
        if (near(x, 1) && of_unit != 1e-6) return true;
        return unit_m() && is_usual_density(x / of_unit);
    }
};

Tags resolution(TiffFile& tiff, std::optional<int> unit)
{
    float x = 0;
    float y = 0;
    if (!TIFFGetField(tiff.get(), TIFFTAG_XRESOLUTION, &x) || !TIFFGetField(tiff.get(), TIFFTAG_YRESOLUTION, &y)) return {};
    if (!std::isfinite(x) || !std::isfinite(y) || x <= 0 || y <= 0) return {};
    return {x, y, unit.value_or(RESUNIT_INCH)};
}

/// Edges with the digits that single precision has; equal ones become the same.
VoxelEdges rounded(double x, double y, double z)
{
    const VoxelEdges edges{six_digits(x), six_digits(y), six_digits(z)};
    return edges.cubic() ? VoxelEdges::cube(edges.z) : edges;
}

/// By the tags alone, which say nothing of z.
VoxelSize by_tags(const Tags& tags)
{
    if (tags.is_default()) return {};
    const auto unit = tags.unit_m();
    if (!unit && tags.unit == RESUNIT_NONE) return {};
    if (!unit)
        return {std::nullopt,
                {fmt::format("the file gives {:.6g} pixels per unit, but its ResolutionUnit {} is not known, so "
                             "the voxel size is not known either; give it with --voxel",
                             tags.x, tags.unit)}};
    return cubes_of_pixels(*unit / tags.x, *unit / tags.y);
}

/// A remark where the tags, read in their own unit, contradict what was taken.
void compare_with_tags(const TiffDescription& description, const Tags& tags, VoxelSize& size)
{
    constexpr double alike = 0.01;
    if (!size.edges_m || tags.is_default() || !tags.unit_m()) return;
    const double x = *tags.unit_m() / tags.x;
    if (std::abs(x - size.edges_m->x) <= alike * x) return;
    size.remarks.push_back(fmt::format("{} description says voxels of {}, but the resolution tags of the file say {}; the "
                                       "first is taken, give --voxel if it is wrong",
                                       owner(description), text::edges_text(*size.edges_m), text::length_text(x)));
}

VoxelSize unknown_unit(const TiffDescription& description, std::string_view unit)
{
    return {std::nullopt,
            {fmt::format("{} description gives lengths in '{}', a unit that is not known, so the voxel size is "
                         "not known either; give it with --voxel",
                         owner(description), unit)}};
}

VoxelSize by_ome(const TiffDescription& description)
{
    const auto& [x, y, z] = std::tie(description.x, description.y, description.z);
    if (!x && !y && !z) return {};
    if (!x || !y || (!z && description.slices > 1))
        return {std::nullopt,
                {"the OME description does not give all of PhysicalSizeX, -Y and -Z, so the voxel size is not "
                 "known; give it with --voxel"}};
    const auto& depth = z ? z : x;
    for (const auto* length : {&x, &y, &depth})
        if (!text::metres_of((*length)->unit)) return unknown_unit(description, (*length)->unit);
    const auto metres = [](const auto& length) { return length->number * *text::metres_of(length->unit); };
    return {rounded(metres(x), metres(y), metres(depth)), {}, "the OME description"};
}

/// ImageJ and tifffile: "unit" is that of the numbers in the tags, whatever their own unit is.
VoxelSize by_unit(const TiffDescription& description, const Tags& tags)
{
    const bool imagej = description.style == Style::imagej;
    const auto unit = text::metres_of(*description.unit);
    if (!unit) return unknown_unit(description, *description.unit);
    const auto depth_unit = description.z ? text::metres_of(description.z->unit) : unit;
    const auto y_unit = description.y ? text::metres_of(description.y->unit) : unit;
    if (!depth_unit) return unknown_unit(description, description.z->unit);
    if (!y_unit) return unknown_unit(description, description.y->unit);
    const bool says_pixels =
        tags.x > 0 && tags.y > 0 && (imagej ? description.z || !Tags{tags.x, tags.y}.is_default() : !near(tags.x, 1));
    if (!says_pixels) {
        if (!description.z) return by_tags(tags);
        return {std::nullopt,
                {fmt::format("{} description gives the distance of the slices ({}) but the file has no size of "
                             "the pixels, so the voxel size is not known; give it with --voxel",
                             owner(description), text::length_text(description.z->number * *depth_unit))}};
    }
    const double x = *unit / tags.x, y = *y_unit / tags.y;
    const double depth = description.z ? description.z->number * *depth_unit : imagej && description.slices > 1 ? *unit : x;
    const auto by = fmt::format("{} description", owner(description));
    // where the slices are as far apart as the pixels by the tags' own unit, that one is meant
    if (const auto own = tags.unit_m(); own && description.z && !near(x, depth) && near(*own / tags.x, depth))
        return {rounded(*own / tags.x, *own / tags.y, depth), {}, by};
    VoxelSize size{rounded(x, y, depth), {}, by};
    if (tags.unit != RESUNIT_NONE) compare_with_tags(description, tags, size);
    return size;
}

} // namespace

VoxelSize tiff_voxel_size(TiffFile& tiff, const TiffDescription& description, std::optional<int> unit)
{
    const Tags tags = resolution(tiff, unit);
    const auto& own = description.own;
    if (own.size() == 1) return {VoxelEdges::cube(own[0]), {}, "the description"};
    if (own.size() == 3) return {VoxelEdges{.x = own[2], .y = own[1], .z = own[0]}, {}, "the description"};
    if (description.style == Style::ome) {
        VoxelSize size = by_ome(description);
        compare_with_tags(description, tags, size);
        return size.edges_m || !size.remarks.empty() ? size : by_tags(tags);
    }
    if (description.unit && !text::is_no_length(*description.unit)) return by_unit(description, tags);
    return by_tags(tags);
}

} // namespace lapilli::format
