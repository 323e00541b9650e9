// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/dicom/dicom_planes.hpp"

#include "core/error.hpp"
#include "format/header_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace lapilli::format {
namespace {

/// @throws Error two files that cannot be planes of one image
void require_alike(const std::string& path, const DicomFile& first, const DicomFile& other)
{
    if (other.series != first.series)
        throw input_error("{} holds several series, one with {} and one with {}; put each into a folder of its own", path,
                          first.path, other.path);
    if (other.ny != first.ny || other.nx != first.nx || other.type() != first.type() || other.bits_used != first.bits_used)
        throw input_error("{} is {} x {} {}, but {} is {} x {} {}; all planes of a series must be alike", other.path,
                          other.nx, other.ny, name(other.type()), first.path, first.nx, first.ny, name(first.type()));
    if (other.slope != first.slope || other.intercept != first.intercept)
        throw input_error(
            "{} and {} stand for the scanner's numbers in different ways (RescaleSlope {:.6g} and {:.6g}), so their "
            "voxels cannot be compared; export the series again",
            other.path, first.path, other.slope, first.slope);
}

/// @throws Error planes at one place, or further apart than the others
void require_equal_steps(const std::string& path, const std::vector<DicomPlane>& planes)
{
    constexpr double alike = 0.05; // of a step: positions are rounded
    if (planes.size() < 2 || !planes[0].along_mm) return;
    std::vector<double> steps;
    for (std::size_t z = 1; z < planes.size(); ++z) steps.push_back(*planes[z].along_mm - *planes[z - 1].along_mm);
    std::vector<double> sorted = steps;
    std::ranges::nth_element(sorted, sorted.begin() + std::ssize(sorted) / 2);
    const double usual = sorted[sorted.size() / 2];
    for (std::size_t z = 0; z < steps.size(); ++z)
        if (!(usual > 0) || std::abs(steps[z] - usual) > alike * usual)
            throw input_error(
                "{} has planes {:.6g} mm apart, but {} and {} are {:.6g} mm apart; add what is missing, or put one "
                "scan alone into a folder",
                path, usual, planes[z].path, planes[z + 1].path, steps[z]);
}

} // namespace

std::vector<DicomPlane> dicom_planes(const std::string& path, const std::vector<DicomFile>& files)
{
    std::vector<DicomPlane> planes;
    for (const auto& file : files) {
        require_alike(path, files[0], file);
        for (std::int64_t frame = 0; frame < file.frames; ++frame)
            planes.push_back({file.path, file.pixels_at + frame * file.frame_bytes(), file.along(frame), file.instance});
    }
    const bool placed = std::ranges::all_of(planes, [](const DicomPlane& plane) { return plane.along_mm.has_value(); });
    if (!placed)
        for (auto& plane : planes) plane.along_mm.reset();
    std::ranges::stable_sort(planes, [](const DicomPlane& a, const DicomPlane& b) {
        return std::tie(a.along_mm, a.instance) < std::tie(b.along_mm, b.instance);
    });
    require_equal_steps(path, planes);
    return planes;
}

VoxelSize dicom_voxel_size(const DicomFile& file, const std::vector<DicomPlane>& planes)
{
    constexpr double millimetre = 1e-3;
    if (!file.spacing_mm) return {};
    const auto [y, x] = *file.spacing_mm;
    std::optional<double> z = file.apart_mm ? file.apart_mm : file.thickness_mm;
    if (planes.size() > 1 && planes[0].along_mm)
        z = (*planes.back().along_mm - *planes[0].along_mm) / static_cast<double>(planes.size() - 1);
    if (!(x > 0) || !(y > 0)) return {};
    if (!z && planes.size() > 1)
        return {
            std::nullopt,
            {"the series says the size of its pixels, but not the distance of its planes, so the voxel size is not known; "
             "give it with --voxel"}};
    return {voxel_edges(std::array{x, y, z.value_or(x)}, millimetre), {}, "its header"};
}

} // namespace lapilli::format
