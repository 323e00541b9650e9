// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/image_writer.hpp"

#include "core/error.hpp"
#include "format/image_formats.hpp"
#include "text/sentence.hpp"
#include "text/small_letters.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace lapilli::format {
namespace {

constexpr WrittenFormat formats[] = {
    {"TIFF", {".tif", ".tiff"}, create_tiff}, {"raw", {".raw"}, create_raw, false},
    {"HDF5", {".h5", ".hdf5"}, create_hdf5},  {"MetaImage", {".mha"}, create_metaimage},
    {"NRRD", {".nrrd"}, create_nrrd},         {"NumPy", {".npy"}, create_npy, false},
    {"VTK image", {".vti"}, create_vti},      {"OME-Zarr", {".zarr"}, create_zarr, true, true},
};

/// "rock.zarr/" is what shells complete.
std::string ending(const std::string& path)
{
    const std::filesystem::path whole(path);
    return text::small_letters((whole.has_filename() ? whole : whole.parent_path()).extension().string());
}

void require_voxels(const std::string& path, const NewImage& image)
{
    const Shape& shape = image.shape;
    std::int64_t voxels = 0;
    if (shape.nz < 1 || shape.ny < 1 || shape.nx < 1 || __builtin_mul_overflow(shape.nz, shape.ny, &voxels) ||
        __builtin_mul_overflow(voxels, shape.nx, &voxels) || __builtin_mul_overflow(voxels, bytes_of(image.type), &voxels))
        throw input_error(
            "cannot write {} with the shape {}: at least one voxel and at most {} are expected; correct the shape", path,
            text::shape_text(shape), INT64_MAX / bytes_of(image.type));
    if (!image.voxel_edges_m) return;
    for (const Axis axis : all_axes)
        if (const double edge = image.voxel_edges_m->along(axis); !(std::isfinite(edge) && edge > 0))
            throw input_error("cannot write {} with a voxel size of {} m: it must be positive; correct it", path, edge);
}

} // namespace

PlaneRange ImageWriter::take_planes(std::span<const std::byte> voxels)
{
    const auto count = std::ssize(voxels);
    const PlaneRange planes{next_plane_, next_plane_ + count / image_.plane_bytes()};
    if (count % image_.plane_bytes() != 0 || planes.last > image_.shape.nz)
        throw failure("{} bytes were added after plane {} of an image of shape {}, which do not fit", count, next_plane_,
                      text::shape_text(image_.shape));
    next_plane_ = planes.last;
    return planes;
}

void ImageWriter::require_all_planes() const
{
    if (next_plane_ != image_.shape.nz)
        throw failure("an image of shape {} was finished after plane {}", text::shape_text(image_.shape), next_plane_);
}

const WrittenFormat& written_format(const std::string& path)
{
    const std::string wanted = ending(path);
    const auto* format = std::ranges::find_if(formats, [&](const WrittenFormat& each) {
        return !wanted.empty() && std::ranges::find(each.endings, wanted) != each.endings.end();
    });
    if (format == std::end(formats))
        throw input_error("{} ends in none of the formats that can be written; name it {}", path, written_endings(", "));
    return *format;
}

std::string written_endings(std::string_view between)
{
    std::string endings;
    for (const auto& format : formats) endings.append(endings.empty() ? "" : between).append(format.endings.front());
    return endings;
}

std::unique_ptr<ImageWriter> create_image(const std::string& path, const NewImage& image)
{
    require_voxels(path, image);
    return written_format(path).create(path, image);
}

} // namespace lapilli::format
