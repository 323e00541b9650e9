// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/atomic_file.hpp"
#include "format/image_formats.hpp"

namespace lapilli::format {
namespace {

class RawWriter : public ImageWriter {
public:
    RawWriter(const std::string& path, const NewImage& image) : ImageWriter(image), file_(path) {}

    void append(std::span<const std::byte> voxels) override
    {
        take_planes(voxels);
        file_.write(voxels);
    }

    void finish() override
    {
        require_all_planes();
        file_.commit();
    }

private:
    file::PendingFile file_;
};

} // namespace

std::unique_ptr<ImageWriter> create_raw(const std::string& path, const NewImage& image)
{
    return std::make_unique<RawWriter>(path, image);
}

} // namespace lapilli::format
