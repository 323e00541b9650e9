// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/stored_pictures.hpp"

#include "study/picture_planes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace lapilli::study {

namespace {

using field::FieldsApart;
using nlohmann::ordered_json;

constexpr const char* mask_name = "pore";

/// A fields.h5 that is being read.
struct Source {
    FieldsApart& reader;
    int file;
    const field::FieldList& list;
};

/// Calls with each plane of a field that a report shows, and its values. @param places  along an axis, at the most
template <class Take>
void for_each_plane(const Source& source, const std::string& field, int places, const Take& take)
{
    const auto& shape = source.list.shape;
    for (const Axis normal : all_axes) {
        if (!has_planes_across(shape, normal)) continue;
        for (const auto index : places_along(shape.along(normal), places))
            take(image::Plane{normal, index},
                 source.reader.plane(source.file, {.field = field, .across = normal, .index = index}));
    }
}

/// What the cubes say of each plane of voxels across each axis.
PerAxis<std::vector<double>> profile_of(const field::PoreShares& cubes, const Shape& shape)
{
    PerAxis<std::vector<double>> profile;
    for (const Axis axis : all_axes) {
        std::vector<double> voxels(cubes.shape.along(axis)), pores(voxels.size());
        const auto length = [&](Axis of, std::int64_t cube) {
            return std::min<std::int64_t>(cubes.factor, shape.along(of) - cube * cubes.factor);
        };
        std::size_t next = 0;
        for (std::int64_t z = 0; z < cubes.shape.nz; ++z)
            for (std::int64_t y = 0; y < cubes.shape.ny; ++y)
                for (std::int64_t x = 0; x < cubes.shape.nx; ++x) {
                    const double volume = 1.0 * length(Axis::x, x) * length(Axis::y, y) * length(Axis::z, z);
                    const auto at = axis == Axis::x ? x : axis == Axis::y ? y : z;
                    voxels[at] += volume;
                    pores[at] += volume * cubes.shares[next++] / 255;
                }
        for (std::int64_t i = 0; i < shape.along(axis); ++i)
            profile[axis].push_back(pores[i / cubes.factor] / voxels[i / cubes.factor]);
    }
    return profile;
}

ordered_json image_of(const Source& source)
{
    const auto& shape = source.list.shape;
    ImagePictures pictures{.shape = shape};
    for_each_plane(source, mask_name, places_of_labels, [&](const image::Plane& plane, const field::Plane& stored) {
        auto& values =
            pictures.planes.emplace_back(GatheredPlane<std::uint8_t>{plane, stored.columns, stored.rows, {}}).values;
        for (const float value : stored.values) values.push_back(value > 0 ? 1 : 0);
    });
    const auto cubes = source.reader.pore_shares(source.file, most_cubes);
    pictures.profile = profile_of(cubes, shape);
    if (std::min({shape.nx, shape.ny, shape.nz}) > 1)
        pictures.shares = {.edge = cubes.factor, .shape = cubes.shape, .shares = cubes.shares};
    return image_json(pictures);
}

/// The planes of a field over its mean, or as they are; exactly 0 stands where the field takes no part.
std::vector<GatheredPlane<float>> planes_of(const Source& source, const field::StoredField& field, bool over_mean)
{
    const double mean = over_mean && !field.mean.empty() && field.mean.front() > 0 ? field.mean.front() : 1;
    std::vector<GatheredPlane<float>> planes;
    for_each_plane(source, field.name, 1, [&](const image::Plane& plane, const field::Plane& stored) {
        auto& values = planes.emplace_back(GatheredPlane<float>{plane, stored.columns, stored.rows, {}}).values;
        for (const float value : stored.values)
            values.push_back(value == 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(value / mean));
    });
    return planes;
}

} // namespace

ordered_json stored_pictures(FieldsApart& reader, int file, const field::FieldList& list)
{
    const Source source{reader, file, list};
    const auto boundary = list.of.boundary == "periodic" ? Boundary::periodic : Boundary::sealed;
    const auto stored = [&](const std::string& name) {
        const auto found = std::ranges::find(list.fields, name, &field::StoredField::name);
        return found == list.fields.end() || found->components != 1 ? nullptr : &*found;
    };
    ordered_json pictures{{"image", image_of(source)}};
    for (const Axis axis : all_axes) {
        for (const auto& [in_file, of_report] : {std::pair{"c", "concentration"}, std::pair{"pressure", "pressure"}})
            if (const auto* field = stored(fmt::format("{}_{}", in_file, name(axis)))) {
                const auto planes = planes_of(source, *field, false);
                pictures[fmt::format("{}_{}", of_report, name(axis))] =
                    field_json(planes, scale_of_potential(planes, boundary), list.shape);
            }
        if (const auto* field = stored(fmt::format("speed_{}", name(axis))))
            pictures[field->name] = field_json(planes_of(source, *field, true), scale_of_speed(), list.shape);
    }
    return pictures;
}

} // namespace lapilli::study
