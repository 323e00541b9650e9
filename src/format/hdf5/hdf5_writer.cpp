// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/atomic_file.hpp"
#include "file/output_file.hpp"
#include "format/hdf5/hdf5_layout.hpp"
#include "format/hdf5/hdf5_skeleton.hpp"
#include "format/image_formats.hpp"
#include "version.hpp"

#include <array>

namespace lapilli::format {
namespace {

class Hdf5Writer : public ImageWriter {
public:
    Hdf5Writer(const std::string& path, const NewImage& image)
        : ImageWriter(image), file_(path), begin_(begin_file()), voxels_(file_.temporary().string(), file_.path().string())
    {
    }

    void append(std::span<const std::byte> voxels) override
    {
        const PlaneRange planes = take_planes(voxels);
        voxels_.write(begin_ + planes.first * image_.plane_bytes(), voxels);
    }

    void finish() override
    {
        require_all_planes();
        file_.commit();
    }

private:
    /// Everything but the voxels; returns where they begin.
    std::int64_t begin_file()
    {
        Hdf5Skeleton skeleton(file_.path().string());
        const std::array<hsize_t, 3> extent{static_cast<hsize_t>(image_.shape.nz), static_cast<hsize_t>(image_.shape.ny),
                                            static_cast<hsize_t>(image_.shape.nx)};
        const auto dataset = skeleton.add_dataset("image", native_type(image_.type), extent);
        skeleton.add_text("program", "lapilli");
        skeleton.add_text("program_version", version);
        if (image_.voxel_edges_m) skeleton.add_voxel_size(dataset, *image_.voxel_edges_m);
        return skeleton.write_to(file_).front();
    }

    file::PendingFile file_;
    std::int64_t begin_;
    file::OutputFile voxels_;
};

} // namespace

std::unique_ptr<ImageWriter> create_hdf5(const std::string& path, const NewImage& image)
{
    return std::make_unique<Hdf5Writer>(path, image);
}

} // namespace lapilli::format
