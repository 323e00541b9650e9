// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "brick/grid.hpp"
#include "brick/partition.hpp"
#include "core/boundary.hpp"
#include "core/edge_ratios.hpp"
#include "core/shape.hpp"
#include "parallel/communicator.hpp"
#include "parallel/exchange.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace lapilli::image {

/// Some bricks of an image and the phases of their pores, in any order and on any rank: what a pore space is made from.
struct BrickSet {
    std::vector<std::uint64_t> codes;
    std::vector<brick::Mask> masks;
    std::vector<std::uint8_t> phases; ///< phase of each pore, brick after brick, pores in canonical order; empty: one phase
};

/// The pores of an image, distributed: each rank owns a contiguous piece of the Morton curve of bricks. Fields on it hold
/// one value for each owned pore in canonical order, then one for each ghost: the pores of other ranks that touch this
/// rank's bricks. In a periodic image the bricks at opposite faces are neighbours.
class PoreSpace {
public:
    /// Sends the bricks to their owners. The bricks of all ranks are distinct; empty masks are dropped. Collective.
    /// @param edges  of the voxels
    PoreSpace(const parallel::Communicator& comm, const Shape& shape, BrickSet mine, Boundary beyond = Boundary::sealed,
              const EdgeRatios& edges = {});
    /// Some of the pores of another one. Collective.
    PoreSpace(const PoreSpace& image, BrickSet mine)
        : PoreSpace(image.comm(), image.shape(), std::move(mine), image.beyond(), image.edges())
    {
    }

    /// Says which voxels are no part of the sample, neither pore nor solid: bricks on any rank, all of them distinct. Of a
    /// sealed image. Collective.
    void leave_out(const BrickSet& outside);
    /// The pores and what is outside the sample, all that is not solid; each brick on the rank whose brick of pores has its
    /// place, or would have. The pores themselves where nothing is outside.
    const PoreSpace& open() const { return open_ ? *open_ : *this; }
    /// Whether nothing is outside the sample.
    bool all_sample() const { return open_ == nullptr; }

    const parallel::Communicator& comm() const { return comm_; }
    const Shape& shape() const { return grid_.shape(); }
    const brick::Grid& grid() const { return grid_; }
    /// What lies beyond the faces of the image.
    Boundary beyond() const { return beyond_; }
    const EdgeRatios& edges() const { return edges_; }
    /// Owned bricks in Morton order, then ghost bricks, whose masks hold only the layers that touch owned bricks.
    std::span<const brick::Brick> bricks() const { return bricks_; }
    std::span<const brick::Brick> owned_bricks() const { return std::span(bricks_).first(owned_bricks_); }
    /// Owned bricks with no ghost brick beside them, and the others.
    std::span<const std::int32_t> interior() const { return interior_; }
    std::span<const std::int32_t> boundary() const { return boundary_; }

    std::int32_t pores() const { return pores_; } ///< owned by this rank
    std::int32_t ghosts() const { return ghosts_; }
    std::int64_t total_pores() const { return total_pores_; } ///< of all ranks
    std::span<const std::uint8_t> phases() const { return phases_; }
    parallel::Exchange& halo() const { return halo_; }
    /// Cubes of (2^aligned)^3 bricks never straddle ranks.
    int aligned() const { return partition_.aligned; }
    /// Which rank owns which bricks, of all of the image.
    const brick::Partition& partition() const { return partition_; }

    /// A field with room for ghosts and for vector loads beyond the end, all zero.
    template <class Real>
    std::vector<Real> make_field() const
    {
        return std::vector<Real>(pores_ + ghosts_ + 32, Real{});
    }
    /// Which repetition of a periodic image lies beyond `face` of a brick, along the axis of the face: 0 the image itself, 1
    /// and -1 the next ones.
    int image_beyond(const brick::Brick& brick, int face) const;
    /// Voxel coordinate along `axis` of voxel (row, x) of a brick.
    std::int64_t coordinate(const brick::Brick& brick, Axis axis, int row, int x) const;

private:
    PoreSpace(const PoreSpace& image, const brick::Partition& partition, BrickSet owned);
    void number_owned(BrickSet mine);
    struct Border;
    void find_neighbours();
    Border touching_others() const;
    void add_ghosts(Border border);
    void link_bricks();

    parallel::Communicator comm_;
    brick::Grid grid_;
    Boundary beyond_;
    EdgeRatios edges_;
    brick::Partition partition_;
    std::vector<brick::Brick> bricks_;
    std::size_t owned_bricks_ = 0;
    std::vector<std::int32_t> interior_;
    std::vector<std::int32_t> boundary_;
    std::int32_t pores_ = 0;
    std::int32_t ghosts_ = 0;
    std::int64_t total_pores_ = 0;
    std::vector<std::uint8_t> phases_;
    mutable parallel::Exchange halo_; // its buffers change, the pattern does not
    std::shared_ptr<const PoreSpace> open_;
};

} // namespace lapilli::image
