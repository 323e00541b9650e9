// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields_skeleton.hpp"

#include "io/hdf5_handle.hpp"

#include <array>

namespace lapilli::io {
namespace {

class Skeleton {
public:
    explicit Skeleton(const std::string& path) : path_(path)
    {
        file_ = hdf5_file_in_memory(path);
        require(static_cast<bool>(file_));
    }

    void add_text(const std::string& name, const std::string& words) { add_text(file_, name, words); }
    void add_number(const char* name, double value) { add_attribute(file_, name, H5T_NATIVE_DOUBLE, &value); }

    void add_dataset(const Field& field, const Shape& shape)
    {
        const auto creation = hdf5_dataset_for_later();
        const std::array<hsize_t, 4> extent{static_cast<hsize_t>(shape.nz), static_cast<hsize_t>(shape.ny),
                                            static_cast<hsize_t>(shape.nx), static_cast<hsize_t>(field.components)};
        const Hdf5Handle space(H5Screate_simple(field.components > 1 ? 4 : 3, extent.data(), nullptr), H5Sclose);
        const hid_t type = field.type == Field::Type::f32 ? H5T_IEEE_F32LE : H5T_STD_U8LE;
        const Hdf5Handle dataset(
            H5Dcreate2(file_.get(), field.name.c_str(), type, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
            H5Dclose);
        require(static_cast<bool>(dataset));
        add_text(dataset, "unit", field.unit);
        add_text(dataset, "description", field.description);
    }

    std::vector<std::byte> bytes() const
    {
        auto image = hdf5_file_bytes(file_);
        require(!image.empty());
        return image;
    }

private:
    void require(bool good) const
    {
        if (!good) throw failure("cannot write {}: {}; free some memory and run again", path_, hdf5_reason());
    }
    void add_attribute(const Hdf5Handle& object, const char* name, hid_t type, const void* value) const
    {
        const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose);
        const Hdf5Handle attribute(H5Acreate2(object.get(), name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
        require(attribute && H5Awrite(attribute.get(), type, value) >= 0);
    }
    void add_text(const Hdf5Handle& object, const std::string& name, const std::string& words) const
    {
        const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
        H5Tset_size(type.get(), words.size() + 1);
        H5Tset_cset(type.get(), H5T_CSET_UTF8);
        add_attribute(object, name.c_str(), type.get(), words.c_str());
    }

    std::string path_;
    Hdf5Handle file_;
};

} // namespace

std::vector<std::byte> fields_skeleton(const std::string& path, const FieldGrid& grid, std::span<const Field> fields,
                                       std::span<const std::pair<std::string, std::string>> provenance)
{
    const QuietHdf5 quiet;
    Skeleton skeleton(path);
    for (const auto& [name, words] : provenance) skeleton.add_text(name, words);
    skeleton.add_text("length_unit", grid.length_unit());
    if (grid.voxel_size_m) skeleton.add_number("voxel_size_m", *grid.voxel_size_m);
    for (const auto& field : fields) skeleton.add_dataset(field, grid.shape);
    return skeleton.bytes();
}

} // namespace lapilli::io
