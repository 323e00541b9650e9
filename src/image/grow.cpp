// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/grow.hpp"

#include "brick/morton.hpp"

#include <algorithm>
#include <unordered_map>

namespace lapilli::image {

namespace {

constexpr unsigned all_bits = 0xffffU;

/// All bricks of an image by their place.
class Directory {
public:
    Directory(const parallel::Communicator& comm, const Shape& shape, const BrickSet& mine) : shape_(shape)
    {
        const auto codes = comm.gather_all(std::span<const std::uint64_t>(mine.codes));
        masks_ = comm.gather_all(std::span<const brick::Mask>(mine.masks));
        for (std::size_t b = 0; b < codes.size(); ++b) at_.emplace(codes[b], b);
    }
    /// Which cells of a row of a brick lie in the image.
    unsigned inside(const brick::Position& p, int y, int z) const
    {
        if (p.x < 0 || p.y < 0 || p.z < 0 || p.y * brick::edge + y >= shape_.ny || p.z * brick::edge + z >= shape_.nz)
            return 0;
        const auto cells = std::clamp<std::int64_t>(shape_.nx - p.x * brick::edge, 0, brick::edge);
        return (1U << cells) - 1;
    }
    /// A row of a brick; outside the image what `beyond` says.
    unsigned row(const brick::Position& p, int y, int z, unsigned beyond) const
    {
        const unsigned there = inside(p, y, z);
        if (there == 0) return beyond;
        const auto found = at_.find(brick::morton(p));
        const unsigned bits = found == at_.end() ? 0U : masks_[found->second].row[z * brick::edge + y];
        return bits | (beyond & ~there);
    }

private:
    Shape shape_;
    std::vector<brick::Mask> masks_;
    std::unordered_map<std::uint64_t, std::size_t> at_;
};

brick::Mask grown_brick(const Directory& image, const brick::Position& p, Growth growth)
{
    constexpr int last = brick::edge - 1;
    const unsigned beyond = growth == Growth::grow ? 0U : all_bits;
    brick::Mask mask;
    for (int z = 0; z < brick::edge; ++z)
        for (int y = 0; y < brick::edge; ++y) {
            const unsigned here = image.row(p, y, z, beyond);
            const unsigned lower = image.row({p.x - 1, p.y, p.z}, y, z, beyond) >> last;
            const unsigned upper = image.row({p.x + 1, p.y, p.z}, y, z, beyond) & 1U;
            const unsigned west = here << 1U | lower, east = here >> 1U | upper << last;
            const unsigned south = y > 0 ? image.row(p, y - 1, z, beyond) : image.row({p.x, p.y - 1, p.z}, last, z, beyond);
            const unsigned north = y < last ? image.row(p, y + 1, z, beyond) : image.row({p.x, p.y + 1, p.z}, 0, z, beyond);
            const unsigned below = z > 0 ? image.row(p, y, z - 1, beyond) : image.row({p.x, p.y, p.z - 1}, y, last, beyond);
            const unsigned above = z < last ? image.row(p, y, z + 1, beyond) : image.row({p.x, p.y, p.z + 1}, y, 0, beyond);
            const unsigned bits = growth == Growth::grow ? here | west | east | south | north | below | above
                                                         : here & west & east & south & north & below & above;
            mask.row[z * brick::edge + y] = bits & image.inside(p, y, z);
        }
    return mask;
}

} // namespace

BrickSet grown(const parallel::Communicator& comm, const Shape& shape, const BrickSet& bricks, Growth growth)
{
    const Directory image(comm, shape, bricks);
    BrickSet result;
    std::int64_t turn = 0;
    for (std::int64_t z = 0; z * brick::edge < shape.nz; ++z)
        for (std::int64_t y = 0; y * brick::edge < shape.ny; ++y)
            for (std::int64_t x = 0; x * brick::edge < shape.nx; ++x) {
                if (turn++ % comm.size() != comm.rank()) continue; // any distinct bricks on any rank will do
                const auto mask = grown_brick(image, {x, y, z}, growth);
                if (mask == brick::Mask{}) continue;
                result.codes.push_back(brick::morton({x, y, z}));
                result.masks.push_back(mask);
            }
    return result;
}

} // namespace lapilli::image
