// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/converted_layers.hpp"

#include "core/error.hpp"
#include "format/decode.hpp"

#include <limits>
#include <span>
#include <type_traits>
#include <utility>

namespace lapilli::image {

namespace {

/// The same bytes as voxels of their type: arrays of bytes hold whatever is put there.
template <class T>
std::span<const T> voxels_in(const std::vector<std::byte>& bytes)
{
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
}
template <class T>
std::span<T> voxels_in(std::vector<std::byte>& bytes)
{
    return {reinterpret_cast<T*>(bytes.data()), bytes.size() / sizeof(T)};
}

} // namespace

std::string why_not(format::VoxelType type, const std::string& value, bool whole)
{
    return format::with_type(type, [&](auto voxel) {
        using T = decltype(voxel);
        if constexpr (std::is_floating_point_v<T>) {
            constexpr auto most = std::int64_t{1} << std::numeric_limits<T>::digits;
            if (whole)
                return fmt::format("{} is exact for whole numbers from -{} to {} only", format::name(type), most, most);
        }
        return fmt::format("no voxel of type {} can be {}", format::name(type), value);
    });
}

ConvertedLayers::ConvertedLayers(format::ImageReader& reader, const Region& region, const Conversion& conversion,
                                 const ConvertedShapes& shapes)
    : file_(reader.description()), region_(region), conversion_(conversion), shapes_(shapes), planes_(reader, region_),
      type_(conversion.type.value_or(file_.type))
{
}

std::vector<std::byte> ConvertedLayers::make(PlaneRange coarse)
{
    if (coarse.count() == 0) return {};
    const std::int64_t factor = shapes_.factors[Axis::z];
    const PlaneRange fine{coarse.first * factor, coarse.last * factor};
    auto voxels = recoded(planes_.read(fine), fine.first);
    return turned(downsampled(std::move(voxels), fine.count()), coarse.count());
}

std::vector<std::byte> ConvertedLayers::recoded(std::vector<std::byte> voxels, std::int64_t first_plane) const
{
    if (type_ == file_.type && conversion_.relabel.empty()) return voxels;
    std::vector<std::byte> result(voxels.size() / format::bytes_of(file_.type) * format::bytes_of(type_));
    format::with_type(file_.type, [&](auto from) {
        format::with_type(type_, [&](auto to) {
            using From = decltype(from);
            using To = decltype(to);
            const auto values = voxels_in<From>(std::as_const(voxels));
            const auto bad = resample::recode<From, To>(values, conversion_.relabel, voxels_in<To>(result));
            if (!bad) return;
            const bool whole = resample::holds<std::int64_t>(values[*bad]);
            const char* advice = whole ? "choose another type with --as, or give it a label with --relabel"
                                       : "choose another type with --as, such as f64, or leave it out with --crop";
            const auto value = fmt::format("{}", values[*bad]);
            throw cannot_hold(value, *bad + first_plane * region_.shape.plane(), why_not(type_, value, whole), advice);
        });
    });
    return result;
}

std::vector<std::byte> ConvertedLayers::downsampled(std::vector<std::byte> voxels, std::int64_t planes) const
{
    if (shapes_.factors == resample::Factors{1, 1, 1}) return voxels;
    const Shape fine{planes, region_.shape.ny, region_.shape.nx};
    std::vector<std::byte> result(resample::downsampled(fine, shapes_.factors).voxels() * format::bytes_of(type_));
    format::with_type(type_, [&](auto voxel) {
        using T = decltype(voxel);
        resample::downsample(voxels_in<T>(std::as_const(voxels)), fine, shapes_.factors, conversion_.reduction,
                             voxels_in<T>(result));
    });
    return result;
}

std::vector<std::byte> ConvertedLayers::turned(std::vector<std::byte> voxels, std::int64_t planes) const
{
    if (conversion_.orientation == resample::Orientation()) return voxels;
    std::vector<std::byte> result(voxels.size());
    resample::turn(voxels, {planes, shapes_.coarse.ny, shapes_.coarse.nx}, format::bytes_of(type_), conversion_.orientation,
                   result);
    return result;
}

/// @param voxel  by its number in the part that is read
Error ConvertedLayers::cannot_hold(const std::string& value, std::int64_t voxel, const std::string& why,
                                   const char* advice) const
{
    const Shape &part = region_.shape, &file = file_.shape;
    const auto z = region_.first[Axis::z] + voxel / part.plane();
    const auto y = region_.first[Axis::y] + voxel / part.nx % part.ny;
    const auto x = region_.first[Axis::x] + voxel % part.nx;
    return input_error("{} has the value {} at voxel {}, but {}; {}", file_.path, value,
                       format::voxel_text({file_.path, file, 0}, (z * file.ny + y) * file.nx + x), why, advice);
}

} // namespace lapilli::image
