// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// A fields.h5 made by HDF5 itself, of values that are known, and a process that reads it.
#pragma once

#include "copied_process.hpp"
#include "core/shape.hpp"
#include "field/fields_apart.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <hdf5.h>

namespace lapilli::test {

constexpr Shape fields_shape{5, 20, 37};

inline bool is_pore(std::int64_t voxel) { return voxel % 3 != 0; }
inline float pressure_at(std::int64_t voxel) { return is_pore(voxel) ? 0.25F * static_cast<float>(voxel) - 7 : 0; }
inline float velocity_at(std::int64_t voxel, int component)
{
    return is_pore(voxel) ? static_cast<float>((component + 1) * (voxel % 11)) : 0;
}

struct FieldStorage {
    std::vector<hsize_t> chunk = {}; ///< of a scalar; none: in one piece
    bool shuffled = true;
    int deflated = 1; ///< level; 0: not
};

inline hid_t creation_of(const FieldStorage& storage, bool vector)
{
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    auto chunk = storage.chunk;
    if (chunk.empty()) return creation;
    if (vector) chunk.push_back(3);
    H5Pset_chunk(creation, static_cast<int>(chunk.size()), chunk.data());
    if (storage.shuffled) H5Pset_shuffle(creation);
    if (storage.deflated > 0) H5Pset_deflate(creation, static_cast<unsigned>(storage.deflated));
    return creation;
}

inline void add_field(hid_t file, const char* name, const FieldStorage& storage, hid_t type,
                      const std::vector<float>& values, const Shape& shape = fields_shape)
{
    std::vector<hsize_t> extent;
    for (const auto length : {shape.nz, shape.ny, shape.nx}) extent.push_back(static_cast<hsize_t>(length));
    const bool vector = std::ssize(values) > shape.voxels();
    if (vector) extent.push_back(3);
    const hid_t space = H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr);
    const hid_t creation = creation_of(storage, vector);
    const hid_t set = H5Dcreate2(file, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    H5Dwrite(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Dclose(set);
    H5Pclose(creation);
    H5Sclose(space);
}

inline std::string write_fields(const std::string& path, const FieldStorage& storage, float more = 0)
{
    std::vector<float> pores, pressure, velocity;
    for (std::int64_t i = 0; i < fields_shape.voxels(); ++i) {
        pores.push_back(is_pore(i) ? 1 : 0);
        pressure.push_back(pressure_at(i) + more);
        for (int c = 0; c < 3; ++c) velocity.push_back(velocity_at(i, c));
    }
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    add_field(file, "pore", storage, H5T_STD_U8LE, pores);
    add_field(file, "pressure", storage, H5T_IEEE_F32LE, pressure);
    add_field(file, "velocity", storage, H5T_IEEE_F32LE, velocity);
    H5Fclose(file);
    return path;
}

/// Reads fields in a copy of this process.
inline format::StartProcess fields_reader()
{
    return copied_process([](const format::Pipe& pipe) { field::serve_fields(pipe); });
}

} // namespace lapilli::test
