// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/atomic_file.hpp"
#include "format/image_formats.hpp"

namespace lapilli::format {
namespace {

class RawWriter : public ImageWriter {
public:
    RawWriter(const std::string& path, const Shape& shape) : ImageWriter(shape), file_(path) {}

    void append(std::span<const std::uint8_t> labels) override
    {
        take_planes(labels);
        file_.write(std::as_bytes(labels));
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

std::unique_ptr<ImageWriter> create_raw(const std::string& path, const Shape& shape)
{
    return std::make_unique<RawWriter>(path, shape);
}

} // namespace lapilli::format
