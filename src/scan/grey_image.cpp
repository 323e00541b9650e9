// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/grey_image.hpp"

#include "core/error.hpp"
#include "format/voxel_type.hpp"
#include "image/region_reader.hpp"
#include "scan/middle_range.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

namespace lapilli::scan {

namespace {

/// Types whose values are levels but for a constant.
template <class T>
constexpr bool fits = std::is_integral_v<T> && sizeof(T) <= sizeof(Level);

/// The least and the largest value of this rank.
template <class T>
GreyRange range_of(std::span<const T> voxels, const std::string& path)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    GreyRange range{infinity, -infinity};
    for (const T voxel : voxels) {
        const auto value = static_cast<double>(voxel);
        if (!std::isfinite(value))
            throw input_error("{} has voxels that are no finite numbers; expected a grey level in each; give them one, or "
                              "leave them out with --crop",
                              path);
        range = {std::min(range.least, value), std::max(range.largest, value)};
    }
    return range;
}

/// Of types that do not fit.
template <class T>
LevelMap map_of(const parallel::Communicator& comm, std::span<const T> voxels, const std::string& path,
                std::span<const double> thresholds)
{
    GreyRange values;
    comm.together([&] { values = range_of(voxels, path); });
    values = {comm.min(values.least), comm.max(values.largest)};
    if (values.width() == 0 || (std::is_integral_v<T> && values.width() < segmentation::levels))
        return LevelMap::of_whole_numbers(values);
    return LevelMap::spread(values, middle_range(comm, voxels, values), thresholds);
}

/// Of types that fit, by their values above the least.
template <class T>
void add_levels(std::span<const std::byte> voxels, std::vector<Level>& levels)
{
    constexpr auto least = std::numeric_limits<T>::min();
    for (std::size_t i = 0; i < voxels.size(); i += sizeof(T)) {
        T value;
        std::memcpy(&value, &voxels[i], sizeof(T));
        levels.push_back(value - least);
    }
}

} // namespace

GreyImage read_grey(const parallel::Communicator& comm, const image::ImageSource& source, std::span<const double> thresholds,
                    const GreyCheck& check)
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
        std::vector<T> wide; // until their range is known
        comm.together([&] {
            const auto own = grey.planes.count() * grey.shape.plane();
            grey.voxels.reserve(own);
            if (!fits<T>) wide.reserve(own);
        });
        image::read_layers<std::byte>(
            comm, grey.shape, reader->streamed(), sizeof(T), [&](PlaneRange layer) { return planes.read(layer); },
            [&](PlaneRange, const std::vector<std::byte>& layer) {
                if constexpr (fits<T>) return add_levels<T>(layer, grey.voxels);
                const auto before = wide.size();
                wide.resize(before + layer.size() / sizeof(T));
                std::memcpy(&wide[before], layer.data(), layer.size());
            });
        comm.together([&] {
            if (comm.is_root()) planes.finish();
        });
        if constexpr (fits<T>) {
            using Limits = std::numeric_limits<T>;
            grey.map = LevelMap::of_whole_numbers({Limits::min(), Limits::max()});
        } else {
            grey.map = map_of<T>(comm, wide, source.path, thresholds);
            for (const T value : wide) grey.voxels.push_back(grey.map.level(static_cast<double>(value)));
        }
    });
    return grey;
}

} // namespace lapilli::scan
