// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "field/fields_skeleton.hpp"

namespace lapilli::field {

namespace {

/// Of the dataset of a field, or of one of its chunks.
std::vector<hsize_t> extent_of(const Field& field, const Shape& shape)
{
    const auto length = [](std::int64_t n) { return static_cast<hsize_t>(n); };
    std::vector<hsize_t> extent{length(shape.nz), length(shape.ny), length(shape.nx)};
    if (field.components > 1) extent.push_back(length(field.components));
    return extent;
}

} // namespace

FieldsSkeleton::FieldsSkeleton(const std::string& path, const FieldGrid& grid, std::span<const Field> fields,
                               std::span<const std::pair<std::string, std::string>> provenance)
    : skeleton_(path), chunks_(grid.shape), fields_(fields.begin(), fields.end())
{
    for (const auto& [name, words] : provenance) skeleton_.add_text(name, words);
    skeleton_.add_text("length_unit", grid.length_unit());
    if (grid.voxel_edges_m) skeleton_.add_voxel_size(*grid.voxel_edges_m);
    for (const auto& field : fields) {
        const hid_t type = field.type == Field::Type::f32 ? H5T_IEEE_F32LE : H5T_STD_U8LE;
        const auto& dataset = datasets_.emplace_back(
            skeleton_.add_packed_dataset(field.name, type, extent_of(field, grid.shape), extent_of(field, chunks_.extent)));
        skeleton_.add_text(dataset, "unit", field.unit);
        skeleton_.add_text(dataset, "description", field.description);
    }
}

void FieldsSkeleton::add_statistics(std::size_t field, const Statistics& statistics)
{
    if (statistics.mean.empty()) return;
    skeleton_.add_numbers(datasets_[field], "min", statistics.min);
    skeleton_.add_numbers(datasets_[field], "max", statistics.max);
    skeleton_.add_numbers(datasets_[field], "mean", statistics.mean);
}

std::vector<std::int64_t> FieldsSkeleton::place(std::size_t field, std::int64_t layer, std::span<const std::int64_t> sizes)
{
    std::vector<format::Hdf5Skeleton::Chunk> chunks;
    for (std::int64_t i = 0; i < std::ssize(sizes); ++i) {
        if (sizes[i] == 0) continue;
        auto corner = extent_of(fields_[field], {layer * chunks_.extent.nz, i / chunks_.along_x * chunks_.extent.ny,
                                                 i % chunks_.along_x * chunks_.extent.nx});
        if (corner.size() == 4) corner[3] = 0; // all components are in one
        chunks.push_back({std::move(corner), sizes[i]});
    }
    const auto places = skeleton_.place_chunks(datasets_[field], chunks);
    std::vector<std::int64_t> begins;
    auto place = places.begin();
    for (const auto size : sizes) begins.push_back(size == 0 ? 0 : *place++);
    return begins;
}

} // namespace lapilli::field
