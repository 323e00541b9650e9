// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/atomic_file.hpp"
#include "file/output_file.hpp"
#include "format/hdf5/hdf5_skeleton.hpp"
#include "format/image_formats.hpp"
#include "version.hpp"

#include <array>

namespace lapilli::format {
namespace {

class Hdf5Writer : public ImageWriter {
public:
    Hdf5Writer(const std::string& path, const Shape& shape, const std::optional<VoxelEdges>& voxel_edges_m)
        : ImageWriter(shape), file_(path), begin_(begin_file(voxel_edges_m)),
          voxels_(file_.temporary().string(), file_.path().string())
    {
    }

    void append(std::span<const std::uint8_t> labels) override
    {
        const PlaneRange planes = take_planes(labels);
        voxels_.write(begin_ + planes.first * shape_.plane(), std::as_bytes(labels));
    }

    void finish() override
    {
        require_all_planes();
        file_.commit();
    }

private:
    /// Everything but the voxels; returns where they begin.
    std::int64_t begin_file(const std::optional<VoxelEdges>& voxel_edges_m)
    {
        Hdf5Skeleton skeleton(file_.path().string());
        const std::array<hsize_t, 3> extent{static_cast<hsize_t>(shape_.nz), static_cast<hsize_t>(shape_.ny),
                                            static_cast<hsize_t>(shape_.nx)};
        const auto dataset = skeleton.add_dataset("image", H5T_STD_U8LE, extent);
        skeleton.add_text("program", "lapilli");
        skeleton.add_text("program_version", version);
        if (voxel_edges_m) skeleton.add_voxel_size(dataset, *voxel_edges_m);
        return skeleton.write_to(file_).front();
    }

    file::PendingFile file_;
    std::int64_t begin_;
    file::OutputFile voxels_;
};

} // namespace

std::unique_ptr<ImageWriter> create_hdf5(const std::string& path, const Shape& shape,
                                         const std::optional<VoxelEdges>& voxel_edges_m)
{
    return std::make_unique<Hdf5Writer>(path, shape, voxel_edges_m);
}

} // namespace lapilli::format
