// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "error.hpp"
#include "io/atomic_file.hpp"
#include "io/hdf5_handle.hpp"
#include "io/image_formats.hpp"
#include "version.hpp"

#include <array>
#include <cstring>
#include <utility>
#include <vector>

namespace lapilli::io {
namespace {

std::array<hsize_t, 3> extent(std::int64_t planes, const Shape& shape)
{
    return {static_cast<hsize_t>(planes), static_cast<hsize_t>(shape.ny), static_cast<hsize_t>(shape.nx)};
}

void require(bool good, const std::string& path)
{
    if (!good) throw failure("cannot write {}: {}; free some space and run again", path, hdf5_reason());
}

/// The file without its voxels, made in memory.
class Skeleton {
public:
    Skeleton(std::string path, const Shape& shape, std::optional<double> voxel_size_m) : path_(std::move(path))
    {
        make_file();
        make_dataset(shape);
        write_text("program", "lapilli");
        write_text("program_version", version);
        if (voxel_size_m) write_attribute(dataset_, "voxel_size_m", H5T_NATIVE_DOUBLE, &*voxel_size_m);
    }

    std::vector<std::byte> bytes() const
    {
        auto image = hdf5_file_bytes(file_);
        require(!image.empty(), path_);
        return image;
    }

private:
    void make_file()
    {
        file_ = hdf5_file_in_memory(path_);
        require(static_cast<bool>(file_), path_);
    }

    void make_dataset(const Shape& shape)
    {
        const auto creation = hdf5_dataset_for_later();
        const Hdf5Handle space(H5Screate_simple(3, extent(shape.nz, shape).data(), nullptr), H5Sclose);
        dataset_ = {H5Dcreate2(file_.get(), "image", H5T_STD_U8LE, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                    H5Dclose};
        require(static_cast<bool>(dataset_), path_);
    }

    void write_attribute(const Hdf5Handle& object, const char* name, hid_t type, const void* value) const
    {
        const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose);
        const Hdf5Handle attribute(H5Acreate2(object.get(), name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
        require(attribute && H5Awrite(attribute.get(), type, value) >= 0, path_);
    }

    void write_text(const char* name, const char* words) const
    {
        const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
        H5Tset_size(type.get(), std::strlen(words) + 1);
        write_attribute(file_, name, type.get(), words);
    }

    std::string path_;
    Hdf5Handle file_;
    Hdf5Handle dataset_;
};

/// HDF5 1.10 crashes at the end of the process when a write of its own has failed. So the file is begun in memory, its
/// space on the disk is taken by us, who can say that there is none, and HDF5 writes into what is there.
class Hdf5Writer : public ImageWriter {
public:
    Hdf5Writer(const std::string& path, const Shape& shape, std::optional<double> voxel_size_m)
        : ImageWriter(shape), file_(path)
    {
        const QuietHdf5 quiet;
        const std::vector<std::byte> skeleton = Skeleton(path, shape, voxel_size_m).bytes();
        file_.write(skeleton);
        constexpr std::int64_t margin = 65536;
        file_.reserve(static_cast<std::int64_t>(skeleton.size()) + shape.voxels() + margin);
        const Hdf5Handle access = hdf5_file_access();
        hdf5_ = {H5Fopen(file_.temporary().c_str(), H5F_ACC_RDWR, access.get()), H5Fclose};
        require(static_cast<bool>(hdf5_), path);
        dataset_ = {H5Dopen2(hdf5_.get(), "image", H5P_DEFAULT), H5Dclose};
        require(static_cast<bool>(dataset_), path);
    }

    void append(std::span<const std::uint8_t> labels) override
    {
        const PlaneRange planes = take_planes(labels);
        if (labels.empty()) return;
        const QuietHdf5 quiet;
        const std::array<hsize_t, 3> start{static_cast<hsize_t>(planes.first), 0, 0};
        const std::array<hsize_t, 3> count = extent(planes.count(), shape_);
        const Hdf5Handle stored(H5Dget_space(dataset_.get()), H5Sclose);
        const Hdf5Handle memory(H5Screate_simple(3, count.data(), nullptr), H5Sclose);
        H5Sselect_hyperslab(stored.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr);
        require(H5Dwrite(dataset_.get(), H5T_NATIVE_UINT8, memory.get(), stored.get(), H5P_DEFAULT, labels.data()) >= 0,
                file_.path().string());
    }

    void finish() override
    {
        require_all_planes();
        const QuietHdf5 quiet;
        require(dataset_.close(), file_.path().string());
        require(hdf5_.close(), file_.path().string());
        file_.commit();
    }

private:
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
