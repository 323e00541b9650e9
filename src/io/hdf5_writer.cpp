// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "error.hpp"
#include "io/atomic_file.hpp"
#include "io/hdf5_handle.hpp"
#include "io/image_formats.hpp"
#include "version.hpp"

#include <array>
#include <cstring>

namespace lapilli::io {
namespace {

class Hdf5Writer : public ImageWriter {
public:
    Hdf5Writer(const std::string& path, const Shape& shape, std::optional<double> voxel_size_m)
        : ImageWriter(shape), file_(path)
    {
        const QuietHdf5 quiet;
        make_file();
        make_dataset();
        write_text(hdf5_.get(), "program", "lapilli");
        write_text(hdf5_.get(), "program_version", version);
        if (voxel_size_m) write_number(dataset_.get(), "voxel_size_m", *voxel_size_m);
    }

    void append(std::span<const std::uint8_t> labels) override
    {
        const PlaneRange planes = take_planes(labels);
        if (labels.empty()) return;
        const QuietHdf5 quiet;
        const std::array<hsize_t, 3> start{static_cast<hsize_t>(planes.first), 0, 0};
        const std::array<hsize_t, 3> count = extent(planes.count());
        const Hdf5Handle stored(H5Dget_space(dataset_.get()), H5Sclose);
        const Hdf5Handle memory(H5Screate_simple(3, count.data(), nullptr), H5Sclose);
        H5Sselect_hyperslab(stored.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr);
        require(H5Dwrite(dataset_.get(), H5T_NATIVE_UINT8, memory.get(), stored.get(), H5P_DEFAULT, labels.data()) >= 0);
    }

    void finish() override
    {
        require_all_planes();
        const QuietHdf5 quiet;
        require(H5Fflush(hdf5_.get(), H5F_SCOPE_LOCAL) >= 0);
        require(dataset_.close());
        require(hdf5_.close());
        file_.commit();
    }

private:
    std::array<hsize_t, 3> extent(std::int64_t planes) const
    {
        return {static_cast<hsize_t>(planes), static_cast<hsize_t>(shape_.ny), static_cast<hsize_t>(shape_.nx)};
    }

    void make_file()
    {
        const Hdf5Handle access = hdf5_file_access();
        const Hdf5Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
        H5Pset_obj_track_times(creation.get(), false); // the same labels, the same bytes
        hdf5_ = {H5Fcreate(file_.temporary().c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose};
        require(static_cast<bool>(hdf5_));
    }

    void make_dataset()
    {
        const Hdf5Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
        H5Pset_obj_track_times(creation.get(), false);
        H5Pset_fill_time(creation.get(), H5D_FILL_TIME_NEVER); // every voxel will be written
        const Hdf5Handle space(H5Screate_simple(3, extent(shape_.nz).data(), nullptr), H5Sclose);
        dataset_ = {H5Dcreate2(hdf5_.get(), "image", H5T_STD_U8LE, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                    H5Dclose};
        require(static_cast<bool>(dataset_));
    }

    void write_attribute(hid_t object, const char* name, hid_t type, const void* value)
    {
        const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose);
        const Hdf5Handle attribute(H5Acreate2(object, name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
        require(attribute && H5Awrite(attribute.get(), type, value) >= 0);
    }

    void write_number(hid_t object, const char* name, double value)
    {
        write_attribute(object, name, H5T_NATIVE_DOUBLE, &value);
    }

    void write_text(hid_t object, const char* name, const char* words)
    {
        const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
        H5Tset_size(type.get(), std::strlen(words) + 1);
        write_attribute(object, name, type.get(), words);
    }

    void require(bool good) const
    {
        if (!good) throw failure("cannot write {}: {}; free some space and run again", file_.path().string(), hdf5_reason());
    }

    PendingFile file_;
    Hdf5Handle hdf5_;
    Hdf5Handle dataset_;
};

} // namespace

std::unique_ptr<ImageWriter> create_hdf5(const std::string& path, const Shape& shape, std::optional<double> voxel_size_m)
{
    return std::make_unique<Hdf5Writer>(path, shape, voxel_size_m);
}

} // namespace lapilli::io
