// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "brick/grid.hpp"
#include "image/pore_space.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::geometry {

/// What a rank knows of an image around its own bricks: the pores of all bricks within some rings of them. Own bricks stand
/// first, in the order of the pore space, then those of other ranks, by owner and Morton order.
class KnownBricks {
public:
    static constexpr std::int32_t solid = -1, unknown = -2; ///< instead of an index: no pores; not within the rings
    static constexpr int all_rings = 1 << 20;

    /// Collective. The pore space must outlive it.
    /// @param rings  of bricks around each own one, at least 1, the same on every rank
    KnownBricks(const image::PoreSpace& pores, int rings);

    const image::PoreSpace& pores() const { return pores_; }
    const brick::Grid& grid() const { return pores_.grid(); }
    std::int32_t owned() const { return owned_; }
    std::int32_t size() const { return static_cast<std::int32_t>(place_.size()); }
    const brick::Position& place(std::int32_t brick) const { return place_[brick]; }
    const brick::Mask& mask(std::int32_t brick) const
    {
        return brick < owned_ ? pores_.owned_bricks()[brick].mask : others_[brick - owned_].mask;
    }
    std::array<std::uint8_t, 3> extent(std::int32_t brick) const { return grid().extent(place_[brick]); }
    int owner(std::int32_t brick) const { return brick < owned_ ? pores_.comm().rank() : others_[brick - owned_].owner; }
    /// Its index there.
    std::int32_t index_at_owner(std::int32_t brick) const { return brick < owned_ ? brick : others_[brick - owned_].index; }
    /// The brick at a place inside the grid; solid or unknown if there is no index.
    std::int32_t at(const brick::Position& place) const { return index_[grid().index(place)]; }
    /// Every brick of the image is known.
    bool complete() const { return complete_; }

private:
    struct Other {
        brick::Mask mask;
        std::int32_t index;
        int owner;
    };
    struct Message {
        std::uint64_t code;
        std::int32_t index;
        brick::Mask mask;
    };
    void mark(int rings);
    std::vector<std::vector<Message>> for_others(int rings) const;

    const image::PoreSpace& pores_;
    std::int32_t owned_;
    bool complete_;
    std::vector<brick::Position> place_;
    std::vector<Other> others_;
    std::vector<std::int32_t> index_; ///< of each brick of the grid
};

/// Calls visit(place) for the bricks of the grid within `rings` of one, itself too; places that a periodic image has twice
/// may be visited twice.
template <class Visit>
void for_each_around(const brick::Grid& grid, const brick::Position& centre, int rings, Visit&& visit)
{
    for (auto z = centre.z - rings; z <= centre.z + rings; ++z)
        for (auto y = centre.y - rings; y <= centre.y + rings; ++y)
            for (auto x = centre.x - rings; x <= centre.x + rings; ++x)
                if (const auto place = grid.inside({x, y, z})) visit(*place);
}

} // namespace lapilli::geometry
