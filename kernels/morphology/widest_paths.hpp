// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::morphology {

/// What lies beyond the faces of a brick: indices of tiles, in the order of brick::Face, one that is all zero where nothing
/// does.
struct TileLinks {
    std::array<std::uint32_t, 6> beyond{};
    std::array<std::uint8_t, 3> extent{16, 16, 16};       ///< of the tile, along x, y, z
    std::array<std::uint8_t, 3> extent_below{16, 16, 16}; ///< of those beyond its lower faces
};

/// The widest ways through tiles of 16³ voxels: access(x) = max over 6-connected paths from the seeds to x of the least
/// width on the path. The fixed point is unique, so that pieces of an image may be settled in any order, and tell each other
/// what they have raised until all are quiet ("reconstruction by dilation", Vincent, IEEE Trans. Image Process. 2, 1993).
template <class Level>
class WidestPaths {
public:
    /// Voxels are numbered 4096 * tile + place in the tile. Tiles beyond the links are those of others.
    /// @param width   of each voxel, (tiles, 16, 16, 16); 0: no way
    /// @param access  of each voxel, zero at first
    /// @param top     largest width
    WidestPaths(std::span<const TileLinks> links, const Level* width, Level* access, Level top)
        : links_(links), width_(width), access_(access), waiting_(std::size_t{top} + 1)
    {
    }

    /// There is a way of that width to a voxel, or one as wide as the voxel itself.
    void raise(std::uint32_t voxel, Level level);
    /// Follows all ways that are wider than `down_to`. Returns the voxels of others that it has raised, each once.
    std::vector<std::uint32_t> settle(Level down_to = 0);

private:
    void visit_neighbours(std::uint32_t voxel, Level level);

    std::span<const TileLinks> links_;
    const Level* width_;
    Level* access_;
    std::vector<std::vector<std::uint32_t>> waiting_; ///< by level
    std::vector<std::uint32_t> raised_beyond_;
};

} // namespace lapilli::morphology
