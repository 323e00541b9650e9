// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/turned_reader.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace lapilli::format {
namespace {

class TurnedReader : public ImageReader {
public:
    explicit TurnedReader(std::function<std::unique_ptr<ImageReader>()> open) : open_(std::move(open))
    {
        description_ = open_()->description();
        std::swap(description_.shape.nx, description_.shape.nz);
    }

    bool streamed() const override { return true; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        if (planes.first != next_plane_)
            throw failure("plane {} of {} was asked for after plane {}, but the file is read in order", planes.first,
                          description_.path, next_plane_ - 1);
        const std::int64_t plane = description_.shape.plane() * bytes_of(description_.type);
        for (; next_plane_ < planes.last; ++next_plane_) {
            if (next_plane_ == kept_.last) keep_from(next_plane_);
            std::memcpy(voxels.data() + (next_plane_ - planes.first) * plane,
                        turned_.data() + (next_plane_ - kept_.first) * plane, plane);
        }
    }

private:
    /// One pass over the file, for as many planes as the memory for them holds.
    void keep_from(std::int64_t first)
    {
        constexpr std::int64_t memory = std::int64_t{64} << 20, piece = std::int64_t{16} << 20;
        const Shape& shape = description_.shape;
        const std::int64_t size = bytes_of(description_.type);
        kept_ = {first, std::min(shape.nz, first + std::max<std::int64_t>(1, memory / (shape.plane() * size)))};
        turned_.resize(kept_.count() * shape.plane() * size);
        const auto stored = open_();
        const std::int64_t across = shape.ny * shape.nz * size;
        const std::int64_t step = std::max<std::int64_t>(1, piece / across);
        std::vector<std::byte> part;
        for (PlaneRange xs{0, 0}; xs.last < shape.nx; xs.first = xs.last) {
            xs.last = std::min(shape.nx, xs.first + step);
            part.resize(xs.count() * across);
            stored->read_voxels(xs, part);
            with_type(description_.type, [&](auto value) { turn<decltype(value)>(xs, part); });
        }
    }

    /// Voxels [x][y][z] of a range of x to their places in `turned_` [z][y][x].
    template <class T>
    void turn(PlaneRange xs, const std::vector<std::byte>& part)
    {
        const Shape& shape = description_.shape;
        for (std::int64_t z = kept_.first; z < kept_.last; ++z)
            for (std::int64_t y = 0; y < shape.ny; ++y) {
                std::byte* to = turned_.data() + (((z - kept_.first) * shape.ny + y) * shape.nx + xs.first) * sizeof(T);
                const std::byte* from = part.data() + (y * shape.nz + z) * sizeof(T);
                for (std::int64_t x = 0; x < xs.count(); ++x)
                    std::memcpy(to + x * sizeof(T), from + x * shape.ny * shape.nz * sizeof(T), sizeof(T));
            }
    }

    std::function<std::unique_ptr<ImageReader>()> open_;
    std::vector<std::byte> turned_; ///< of the planes `kept_`
    PlaneRange kept_{0, 0};
    std::int64_t next_plane_ = 0;
};

} // namespace

std::unique_ptr<ImageReader> turn_around(std::function<std::unique_ptr<ImageReader>()> open)
{
    return std::make_unique<TurnedReader>(std::move(open));
}

} // namespace lapilli::format
