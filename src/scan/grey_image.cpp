// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/grey_image.hpp"

#include "core/error.hpp"
#include "format/voxel_type.hpp"
#include "image/region_reader.hpp"

#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

namespace lapilli::scan {

namespace {

/// Types whose values are levels but for a constant.
template <class T>
constexpr bool fits = std::is_integral_v<T> && sizeof(T) <= sizeof(Level);

template <class T>
T voxel_at(std::span<const std::byte> voxels, std::size_t i)
{
    T value;
    std::memcpy(&value, &voxels[i * sizeof(T)], sizeof(T));
    return value;
}

/// The least and the largest value of this rank.
template <class T>
std::pair<double, double> range_of(std::span<const std::byte> voxels, const std::string& path)
{
    double least = std::numeric_limits<double>::infinity(), largest = -least;
    for (std::size_t i = 0; i < voxels.size() / sizeof(T); ++i) {
        const auto value = static_cast<double>(voxel_at<T>(voxels, i));
        if (!std::isfinite(value))
            throw input_error("{} has voxels that are no finite numbers; expected a grey level in each; give them one, or "
                              "leave them out with --crop",
                              path);
        least = std::min(least, value);
        largest = std::max(largest, value);
    }
    return {least, largest};
}

template <class T>
LevelMap map_of(const parallel::Communicator& comm, std::span<const std::byte> voxels, const std::string& path)
{
    if constexpr (fits<T>) return {.first = std::numeric_limits<T>::min()};
    std::pair<double, double> range;
    comm.together([&] { range = range_of<T>(voxels, path); });
    const double least = comm.min(range.first), width = comm.max(range.second) - least;
    const bool by_one = width == 0 || (std::is_integral_v<T> && width < segmentation::levels);
    return {least, by_one ? 1 : width / (segmentation::levels - 1)};
}

template <class T>
void add_levels(std::span<const std::byte> voxels, const LevelMap& map, std::vector<Level>& levels)
{
    for (std::size_t i = 0; i < voxels.size() / sizeof(T); ++i) {
        const T value = voxel_at<T>(voxels, i);
        if constexpr (fits<T>)
            levels.push_back(value - std::numeric_limits<T>::min());
        else
            levels.push_back(static_cast<Level>((static_cast<double>(value) - map.first) / map.step + 0.5));
    }
}

} // namespace

GreyImage read_grey(const parallel::Communicator& comm, const image::ImageSource& source, const GreyCheck& check)
{
    const auto reader = image::open_everywhere(comm, source);
    GreyImage grey{.description = reader->description()};
    image::Region region;
    comm.together([&] { region = image::region_of(grey.description.shape, source.crop); });
    grey.first = region.first;
    grey.shape = region.shape;
    grey.planes = image::slab_of(grey.shape, comm.rank(), comm.size());
    if (check) check(grey);

    format::with_type(grey.description.type, [&](auto zero) {
        using T = decltype(zero);
        image::RegionReader<std::byte> planes(*reader, region);
        std::vector<std::byte> wide; // until their range is known
        comm.together([&] {
            const auto own = grey.planes.count() * grey.shape.plane();
            grey.voxels.reserve(own);
            if (!fits<T>) wide.reserve(own * sizeof(T));
        });
        image::read_layers<std::byte>(
            comm, grey.shape, reader->streamed(), sizeof(T), [&](PlaneRange layer) { return planes.read(layer); },
            [&](PlaneRange, const std::vector<std::byte>& layer) {
                if constexpr (fits<T>)
                    add_levels<T>(layer, {}, grey.voxels);
                else
                    wide.insert(wide.end(), layer.begin(), layer.end());
            });
        comm.together([&] {
            if (comm.is_root()) planes.finish();
        });
        grey.map = map_of<T>(comm, wide, source.path);
        add_levels<T>(wide, grey.map, grey.voxels);
    });
    return grey;
}

} // namespace lapilli::scan
