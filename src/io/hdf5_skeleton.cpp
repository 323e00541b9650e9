// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/hdf5_skeleton.hpp"

namespace lapilli::io {

Hdf5Skeleton::Hdf5Skeleton(const std::string& path) : path_(path)
{
    file_ = hdf5_file_in_memory(path);
    require(static_cast<bool>(file_));
}

Hdf5Handle Hdf5Skeleton::add_dataset(const std::string& name, hid_t type, std::span<const hsize_t> extent) const
{
    const auto creation = hdf5_dataset_for_later();
    const Hdf5Handle space(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose);
    Hdf5Handle dataset(H5Dcreate2(file_.get(), name.c_str(), type, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                       H5Dclose);
    require(static_cast<bool>(dataset));
    return dataset;
}

void Hdf5Skeleton::add_text(const Hdf5Handle& object, const std::string& name, const std::string& words) const
{
    const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.get(), words.size() + 1);
    H5Tset_cset(type.get(), H5T_CSET_UTF8);
    add_attribute(object, name, type.get(), words.c_str());
}

void Hdf5Skeleton::add_number(const std::string& name, double value) const
{
    add_attribute(file_, name, H5T_NATIVE_DOUBLE, &value);
}

std::vector<std::byte> Hdf5Skeleton::bytes() const
{
    auto image = hdf5_file_bytes(file_);
    require(!image.empty());
    return image;
}

void Hdf5Skeleton::require(bool good) const
{
    if (!good) throw failure("cannot write {}: {}; free some memory and run again", path_, hdf5_reason());
}

void Hdf5Skeleton::add_attribute(const Hdf5Handle& object, const std::string& name, hid_t type, const void* value) const
{
    const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose);
    const Hdf5Handle attribute(H5Acreate2(object.get(), name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                               H5Aclose);
    require(attribute && H5Awrite(attribute.get(), type, value) >= 0);
}

} // namespace lapilli::io
