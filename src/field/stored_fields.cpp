// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "field/stored_fields.hpp"

#include "core/error.hpp"
#include "field/field_box.hpp"
#include "field/field_dataset.hpp"
#include "field/packing.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::field {

namespace {

using format::Hdf5Handle;
using format::QuietHdf5;

constexpr int most_fields = 64;
constexpr std::int64_t most_in_plane = 36'000'000;      // values: 6000 by 6000, or three components of 3464 by 3464
constexpr std::int64_t rows_at_once = 4 * Chunks::edge; // of all chunks in a layer, so that each is unpacked once
constexpr const char* pores_name = "pore";

/// The names of what lies in the file itself, not behind a link to another.
std::vector<std::string> own_names(hid_t file)
{
    std::vector<std::string> names;
    const auto take = [](hid_t, const char* name, const H5L_info_t* info, void* all) -> herr_t {
        auto& found = *static_cast<std::vector<std::string>*>(all);
        if (info->type == H5L_TYPE_HARD && found.size() < most_fields) found.emplace_back(name);
        return 0;
    };
    H5Literate(file, H5_INDEX_NAME, H5_ITER_INC, nullptr, take, &names);
    return names;
}

Box box_of_plane(const Shape& shape, Axis across, std::int64_t index)
{
    const auto at = [&](Axis axis) { return axis == across ? index : 0; };
    const auto length = [&](Axis axis) { return axis == across ? 1 : shape.along(axis); };
    return {.first = {at(Axis::z), at(Axis::y), at(Axis::x)}, .extent = {length(Axis::z), length(Axis::y), length(Axis::x)}};
}

/// The length of each vector, or one of its components.
std::vector<float> reduced(const std::vector<float>& values, int components, int component)
{
    std::vector<float> scalars(values.size() / components);
    for (std::size_t i = 0; i < scalars.size(); ++i) {
        const float* v = values.data() + i * components;
        scalars[i] = component >= 0 ? v[component] : std::hypot(v[0], v[1], v[2]);
    }
    return scalars;
}

} // namespace

StoredFields::StoredFields(const std::string& path)
{
    const QuietHdf5 quiet;
    const Hdf5Handle access = format::hdf5_file_access();
    file_ = Hdf5Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose);
    if (!file_) throw input_error("fields.h5 is no HDF5 file, or it is damaged ({})", format::hdf5_reason());
    for (const auto& name : own_names(file_.get())) {
        const auto dataset = open_field(file_.get(), name);
        if (!dataset) continue;
        const auto layout = layout_of(dataset.get());
        if (!layout) continue;
        if (fields_.empty()) shape_ = layout->shape;
        if (layout->shape != shape_) continue;
        fields_.push_back({.name = name,
                           .unit = text_attribute(dataset.get(), "unit"),
                           .description = text_attribute(dataset.get(), "description"),
                           .components = layout->components,
                           .min = numbers_attribute(dataset.get(), "min"),
                           .max = numbers_attribute(dataset.get(), "max"),
                           .mean = numbers_attribute(dataset.get(), "mean")});
    }
    if (fields_.empty()) throw input_error("fields.h5 has no fields that can be shown");
}

FieldsOf StoredFields::of() const
{
    const QuietHdf5 quiet;
    return {.image_digest = text_attribute(file_.get(), "image_digest"),
            .boundary = text_attribute(file_.get(), "boundary")};
}

const StoredField& StoredFields::find(const std::string& name) const
{
    const auto found = std::ranges::find(fields_, name, &StoredField::name);
    if (found == fields_.end()) throw input_error("there is no field {}; the list of fields says which there are", name);
    return *found;
}

std::vector<float> StoredFields::read(const StoredField& field, const Box& box) const
{
    const auto& extent = box.extent;
    if (extent.voxels() * field.components > most_in_plane)
        throw input_error("a plane of {} by {} voxels is too large to be shown; use ParaView",
                          std::max(extent.nz, extent.ny), std::max(extent.nx, extent.ny));
    const QuietHdf5 quiet;
    const auto dataset = open_field(file_.get(), field.name);
    return read_box(dataset.get(), field.name, {.shape = shape_, .components = field.components}, box);
}

Plane StoredFields::plane(const PlaneOf& of) const
{
    const auto& field = find(of.field);
    if (of.index < 0 || of.index >= shape_.along(of.across))
        throw input_error("there is no plane {} across {}; expected 0 to {}", of.index, name(of.across),
                          shape_.along(of.across) - 1);
    if (of.component >= field.components) throw input_error("the field {} has no such component", field.name);
    const auto box = box_of_plane(shape_, of.across, of.index);
    Plane plane{.rows = of.across == Axis::z ? box.extent.ny : box.extent.nz,
                .columns = of.across == Axis::x ? box.extent.ny : box.extent.nx};
    plane.values = read(field, box);
    if (field.components > 1) plane.values = reduced(plane.values, field.components, of.component);
    if (field.name == pores_name || std::ranges::find(fields_, pores_name, &StoredField::name) == fields_.end())
        return plane;
    const auto pores = read(find(pores_name), box);
    plane.pores.assign(pores.begin(), pores.end());
    return plane;
}

PoreShares StoredFields::pore_shares(int most) const
{
    const auto& field = find(pores_name);
    const auto longest = std::max({shape_.nz, shape_.ny, shape_.nx});
    PoreShares found{.factor = static_cast<int>((longest + most - 1) / most)};
    const std::int64_t f = found.factor;
    found.shape = {(shape_.nz + f - 1) / f, (shape_.ny + f - 1) / f, (shape_.nx + f - 1) / f};
    std::vector<std::int32_t> sums(found.shape.voxels());
    const auto length = [f](std::int64_t voxels, std::int64_t cube) { return std::min(f, voxels - cube * f); };
    for (std::int64_t z0 = 0; z0 < shape_.nz; z0 += Chunks::edge)
        for (std::int64_t y0 = 0; y0 < shape_.ny; y0 += rows_at_once) {
            const Box box{
                .first = {z0, y0, 0},
                .extent = {std::min(Chunks::edge, shape_.nz - z0), std::min(rows_at_once, shape_.ny - y0), shape_.nx}};
            const auto values = read(field, box);
            for (std::int64_t i = 0, z = z0; z < z0 + box.extent.nz; ++z)
                for (std::int64_t y = y0; y < y0 + box.extent.ny; ++y) {
                    auto* row = sums.data() + (z / f * found.shape.ny + y / f) * found.shape.nx;
                    for (std::int64_t x = 0; x < shape_.nx; ++x) row[x / f] += values[i++] > 0 ? 1 : 0;
                }
        }
    for (std::int64_t i = 0; const auto sum : sums) {
        const auto x = i % found.shape.nx, y = i / found.shape.nx % found.shape.ny, z = i / found.shape.plane();
        const auto voxels = length(shape_.nz, z) * length(shape_.ny, y) * length(shape_.nx, x);
        found.shares.push_back(static_cast<std::uint8_t>(std::lround(255.0 * sum / static_cast<double>(voxels))));
        ++i;
    }
    return found;
}

} // namespace lapilli::field
