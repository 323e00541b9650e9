// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "field/fields_skeleton.hpp"

#include "file/atomic_file.hpp"
#include "format/hdf5/hdf5_skeleton.hpp"

namespace lapilli::field {

std::vector<std::int64_t> write_fields_skeleton(file::PendingFile& file, const FieldGrid& grid,
                                                std::span<const Field> fields,
                                                std::span<const std::pair<std::string, std::string>> provenance)
{
    format::Hdf5Skeleton skeleton(file.path().string());
    for (const auto& [name, words] : provenance) skeleton.add_text(name, words);
    skeleton.add_text("length_unit", grid.length_unit());
    if (grid.voxel_edges_m) skeleton.add_voxel_size(*grid.voxel_edges_m);
    const auto length = [](std::int64_t n) { return static_cast<hsize_t>(n); };
    for (const auto& field : fields) {
        std::vector<hsize_t> extent{length(grid.shape.nz), length(grid.shape.ny), length(grid.shape.nx)};
        if (field.components > 1) extent.push_back(length(field.components));
        const auto dataset =
            skeleton.add_dataset(field.name, field.type == Field::Type::f32 ? H5T_IEEE_F32LE : H5T_STD_U8LE, extent);
        skeleton.add_text(dataset, "unit", field.unit);
        skeleton.add_text(dataset, "description", field.description);
    }
    return skeleton.write_to(file);
}

} // namespace lapilli::field
