// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scratch.hpp"

#include <utility>

#include <hdf5.h>

namespace lapilli::test {

constexpr Shape stored_shape{6, 5, 7};
inline const std::vector<hsize_t> stored_extent{6, 5, 7};

/// A file made by HDF5 itself.
class Hdf5File {
public:
    explicit Hdf5File(const std::string& path, hsize_t user_block = 0)
    {
        const hid_t creation = H5Pcreate(H5P_FILE_CREATE);
        H5Pset_userblock(creation, user_block);
        id_ = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, H5P_DEFAULT);
        H5Pclose(creation);
    }
    ~Hdf5File() { H5Fclose(id_); }
    Hdf5File(const Hdf5File&) = delete;
    Hdf5File& operator=(const Hdf5File&) = delete;

    void dataset(const char* name, std::vector<hsize_t> extent, hid_t stored, hid_t memory, const void* values,
                 std::vector<hsize_t> chunk = {}) const
    {
        const hid_t space = H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr);
        const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
        if (!chunk.empty()) {
            H5Pset_chunk(creation, static_cast<int>(chunk.size()), chunk.data());
            H5Pset_deflate(creation, 4);
        }
        const hid_t links = H5Pcreate(H5P_LINK_CREATE);
        H5Pset_create_intermediate_group(links, 1);
        const hid_t set = H5Dcreate2(id_, name, stored, space, links, creation, H5P_DEFAULT);
        if (values) H5Dwrite(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
        H5Dclose(set);
        H5Pclose(links);
        H5Pclose(creation);
        H5Sclose(space);
    }

    void attribute(const char* object, const char* name, const std::vector<double>& values) const
    {
        const hsize_t count = values.size();
        const hid_t space = count == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr);
        const hid_t on = H5Oopen(id_, object, H5P_DEFAULT);
        const hid_t attribute = H5Acreate2(on, name, H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT);
        H5Awrite(attribute, H5T_NATIVE_DOUBLE, values.data());
        H5Aclose(attribute);
        H5Oclose(on);
        H5Sclose(space);
    }

    /// A text of fixed or of any length.
    void words(const char* object, const char* name, const std::string& text, bool fixed) const
    {
        const hid_t type = H5Tcopy(H5T_C_S1);
        H5Tset_size(type, fixed ? text.size() + 1 : H5T_VARIABLE);
        const hid_t space = H5Screate(H5S_SCALAR);
        const hid_t on = H5Oopen(id_, object, H5P_DEFAULT);
        const hid_t attribute = H5Acreate2(on, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
        const char* const letters = text.c_str();
        H5Awrite(attribute, type, fixed ? static_cast<const void*>(letters) : &letters);
        H5Aclose(attribute);
        H5Oclose(on);
        H5Sclose(space);
        H5Tclose(type);
    }

    /// Coordinates of a dataset along its axes, as netCDF-4 lays them out; the datasets of that name are there.
    void coordinates(const char* dataset, const std::vector<const char*>& axes) const
    {
        std::vector<hobj_ref_t> places(axes.size());
        std::vector<hvl_t> list;
        for (std::size_t i = 0; i < axes.size(); ++i) {
            H5Rcreate(&places[i], id_, axes[i], H5R_OBJECT, -1);
            list.push_back({1, &places[i]});
        }
        const hsize_t count = axes.size();
        const hid_t type = H5Tvlen_create(H5T_STD_REF_OBJ), space = H5Screate_simple(1, &count, nullptr);
        const hid_t on = H5Oopen(id_, dataset, H5P_DEFAULT);
        const hid_t attribute = H5Acreate2(on, "DIMENSION_LIST", type, space, H5P_DEFAULT, H5P_DEFAULT);
        H5Awrite(attribute, type, list.data());
        H5Aclose(attribute);
        H5Oclose(on);
        H5Sclose(space);
        H5Tclose(type);
    }

private:
    hid_t id_;
};

inline void write_u8(const Hdf5File& file, const char* name, std::vector<hsize_t> dims = stored_extent)
{
    file.dataset(name, std::move(dims), H5T_STD_U8LE, H5T_NATIVE_UINT8,
                 as<std::uint8_t>(counted(stored_shape.voxels())).data());
}

} // namespace lapilli::test
