// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/raw/gzip_reader.hpp"

#include "core/error.hpp"
#include "format/decode.hpp"
#include "format/raw/gzip_stream.hpp"
#include "format/raw/raw_reader.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lapilli::format {
namespace {

class GzipReader : public ImageReader {
public:
    GzipReader(file::InputFile file, const RawLayout& layout, const KnownRaw& known)
        : stream_(std::move(file)), layout_(layout), header_left_(known.format.header.value_or(0))
    {
        description_ = describe_raw(stream_.file().path(), "raw.gz", layout, known);
    }

    bool streamed() const override { return true; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        if (planes.first != next_plane_)
            throw failure("plane {} of {} was asked for after plane {}, but a gzip file is read in order", planes.first,
                          description_.path, next_plane_ - 1);
        skip_header();
        const std::size_t count = stream_.read(voxels);
        if (count != voxels.size())
            throw wrong_size(text::grouped(planes.first * layout_.shape.plane() * bytes_of(layout_.type) + count));
        if (layout_.swap) swap_bytes(layout_.type, voxels);
        next_plane_ = planes.last;
        if (next_plane_ == layout_.shape.nz && planes.count() > 0) require_end();
    }

private:
    void skip_header()
    {
        std::array<std::byte, 4096> passed;
        while (header_left_ > 0) {
            const auto wanted = std::span(passed).first(std::min<std::int64_t>(header_left_, passed.size()));
            if (stream_.read(wanted) != wanted.size()) throw wrong_size("fewer than the header's");
            header_left_ -= std::ssize(wanted);
        }
    }

    void require_end()
    {
        std::array<std::byte, 1> beyond;
        if (stream_.read(beyond) > 0) throw wrong_size("more than " + text::grouped(layout_.bytes()));
    }

    Error wrong_size(const std::string& unpacked) const
    {
        return input_error("{} unpacks to {} bytes, but {} needs {}; is the shape right?", description_.path, unpacked,
                           layout_.said, text::grouped(layout_.bytes()));
    }

    GzipStream stream_;
    RawLayout layout_;
    std::int64_t header_left_; ///< bytes before the first voxel that are still to be passed over
    std::int64_t next_plane_ = 0;
};

} // namespace

std::unique_ptr<ImageReader> open_gzip(file::InputFile file, const KnownRaw& known)
{
    const RawLayout layout = raw_layout(file.path(), known.format);
    if (known.format.header == RawFormat::all_that_is_more)
        throw input_error("--header auto needs the size of the unpacked file, which {} does not say; give --header BYTES",
                          file.path());
    // Deflate packs at most 1032:1, so a small file with a large shape is refused before anything is allocated for it.
    constexpr std::int64_t best_ratio = 1032;
    if (layout.bytes() / best_ratio > file.size())
        throw input_error("{} has {} bytes, too few to unpack to the {} of {}; is the shape right?", file.path(),
                          text::grouped(file.size()), text::grouped(layout.bytes()), layout.said);
    return std::make_unique<GzipReader>(std::move(file), layout, known);
}

} // namespace lapilli::format
