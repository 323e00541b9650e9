// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "morphology/balls.hpp"
#include "morphology/canvas.hpp"
#include "morphology/weights.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::morphology {

/// The balls of one brick as seen from another one. Of a periodic image, the brick beyond a face is one more source.
template <class Level>
struct Source {
    std::span<const Ball<Level>> balls; ///< largest first
    std::array<int, 3> corner{};        ///< first voxel of its brick along x, y, z, from the first voxel of the other brick
};

/// Paints balls, as local thickness and drainage need it: T^2(x) = max{ s(c) : |x - c|^2 < s(c) }, the squared radius of the
/// largest ball that covers x (Hildebrand and Ruegsegger 1997, J. Microsc. 185:67, but of open balls of voxel centres).
/// Brick by brick, from the largest ball to the smallest, so that every voxel is written once. The values depend on nothing
/// but the set of balls.
template <class Level>
class Painter {
public:
    /// @param top  largest level of all balls, below 2^29
    Painter(Level top, const Weights& weights);

    /// @param pores    of the brick
    /// @param sources  every brick with a ball that covers a voxel of this one, itself among them; others do no harm
    /// @param values   s of its 16^3 voxels, x fastest; becomes T^2
    void paint(const brick::Mask& pores, std::span<const Source<Level>> sources, Level* values);

private:
    struct Cursor { ///< what is left of a source
        const Ball<Level>* next;
        const Ball<Level>* end;
        std::array<int, 3> corner;
        std::array<const int*, 3> gap; ///< squared distance along each axis from its layers of voxels to the brick
        unsigned between;              ///< bits of brick::Face: faces of the source between it and the brick
    };
    void open(std::span<const Source<Level>> sources);
    /// Moves the balls of level above `low` that touch the brick from the sources to near_, largest first.
    void gather(Level low);
    int largest_left() const;

    BallShape shape_;
    std::array<int, 3> farthest_;          ///< voxels that the largest ball reaches along each axis
    std::array<std::vector<int>, 3> gaps_; ///< squared distance to the brick of coordinates from -farthest - 15 on
    std::vector<Cursor> cursors_;
    std::vector<PlacedBall<Level>> near_, scratch_;
};

} // namespace lapilli::morphology
