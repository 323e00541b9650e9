// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/packed/streamed_reader.hpp"

#include "core/error.hpp"
#include "format/decode.hpp"
#include "text/sentence.hpp"

#include <array>
#include <utility>

namespace lapilli::format {
namespace {

class StreamedReader : public ImageReader {
public:
    StreamedReader(ImageDescription description, StreamedVoxels voxels) : voxels_(std::move(voxels))
    {
        description_ = std::move(description);
    }

    bool streamed() const override { return true; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        const RawLayout& layout = voxels_.layout;
        if (planes.first != next_plane_)
            throw failure("plane {} of {} was asked for after plane {}, but a packed file is read in order", planes.first,
                          description_.path, next_plane_ - 1);
        if (!skip(*voxels_.stream, std::exchange(voxels_.before, 0))) throw wrong_size("fewer than the header's");
        const std::size_t count = voxels_.stream->read(voxels);
        if (count != voxels.size())
            throw wrong_size(text::grouped(planes.first * layout.shape.plane() * bytes_of(layout.type) + count));
        if (layout.swap) swap_bytes(layout.type, voxels);
        next_plane_ = planes.last;
        if (next_plane_ == layout.shape.nz && planes.count() > 0) look_at_the_end();
    }

private:
    void look_at_the_end()
    {
        std::array<std::byte, 1> beyond; // reading it also compares the checksum
        if (voxels_.stream->read(beyond) > 0 && voxels_.exact)
            throw wrong_size("more than " + text::grouped(voxels_.layout.bytes()));
    }

    Error wrong_size(const std::string& unpacked) const
    {
        return input_error("{} unpacks to {} bytes, but {} needs {}; {}", voxels_.stream->path(), unpacked,
                           voxels_.layout.said, text::grouped(voxels_.layout.bytes()), voxels_.advice);
    }

    StreamedVoxels voxels_;
    std::int64_t next_plane_ = 0;
};

} // namespace

std::unique_ptr<ImageReader> read_streamed(ImageDescription description, StreamedVoxels voxels)
{
    return std::make_unique<StreamedReader>(std::move(description), std::move(voxels));
}

void require_plausible(const std::string& path, std::int64_t packed_bytes, Packing packing, const RawLayout& layout)
{
    if (layout.bytes() / best_ratio(packing) > packed_bytes)
        throw input_error("{} has {} bytes, too few to unpack to the {} of {}; is the shape right?", path,
                          text::grouped(packed_bytes), text::grouped(layout.bytes()), layout.said);
}

} // namespace lapilli::format
