// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/row_bytes.hpp"
#include "core/edge_ratios.hpp"
#include "core/float4.hpp"
#include "core/shape.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

namespace lapilli::stokes {

/// What stands for the walls beside a face through which fluid flows.
enum class Walls {
    weighted, ///< the opening of a face shrinks with the walls beside it: a slit of three voxels is right to 0.8 %
    plain,    ///< it does not: 23 %
};

/// Which of the six neighbours of each of the cells of a row are pores: bit brick::Face.
using Neighbours = brick::RowBytes;

/// The faces across one axis of the cells of a row, and what the equation of the velocity on each depends on: in units of
/// viscosity and voxels, before any weight, a diagonal times it, minus the velocities on the six faces around it that are
/// open. A wall that meets the face at its edge is half a voxel away from the velocity and counts twice, one that ends a
/// voxel away counts once.
struct Faces {
    brick::RowBytes walls{}; ///< 0: closed; else 1 and the walls along the four edges
    brick::RowBytes
        beside{}; ///< 0: closed; else 1 + b + 3 c: walls and ends along the edges of either axis, at most two each
};

/// @param open    0xff where a cell has a face that is open
/// @param here    neighbours of the cells above the faces
/// @param below   neighbours of the cells below them; the same as `here` on an inlet or outlet plane, which is a mirror
/// @param leaving  directions in which `here` leaves the image through an inlet or outlet plane: nothing flows along such a
///                plane, but it is no wall
Faces open_faces(Axis across, brick::RowBytes open, Neighbours here, Neighbours below, Neighbours leaving);

/// The weights of three faces of each cell in one byte. A closed face has weight 0.
brick::RowBytes weight_codes(const std::array<Faces, 3>& faces);

/// Number of codes that diagonal_codes() has: of each face, closed, or open with 0, 1 or 2 at either pair of edges.
inline constexpr unsigned diagonal_states = 10;
inline constexpr unsigned diagonal_codes = diagonal_states * diagonal_states * diagonal_states;
/// The code of three open faces without a wall.
inline constexpr std::uint16_t diagonal_far_from_walls = 1 + diagonal_states + diagonal_states * diagonal_states;
/// All that the diagonals of three faces of each cell depend on.
std::array<std::uint16_t, brick::edge> diagonal_codes_of(const std::array<Faces, 3>& faces);

/// The vector Laplacian on the faces of voxels with these edges, in the unknowns velocity over edge along it and with its
/// row times that edge squared, so that the pressure drops as it does on cubes: neighbours along b couple with (edge along
/// the component / edge along b)². Lane by lane; lane 3 of all values is 0.
class FaceLaplacian {
public:
    /// @param normal  of the plane of two-dimensional flow: along it no velocity changes. Absent: it has three dimensions
    explicit FaceLaplacian(const EdgeRatios& edges, std::optional<Axis> normal = {});
    /// 0 where a face is closed. Float4, or Double4 where the difference to the couplings counts: along short edges it may
    /// be a small part of either.
    template <class Vector = Float4>
    Vector diagonal(std::uint16_t code) const
    {
        if constexpr (std::is_same_v<Vector, Double4>)
            return wide_diagonal_[code];
        else
            return diagonal_[code].value;
    }
    /// 1/diagonal, 0 where a face is closed.
    Float4 inverse(std::uint16_t code) const { return diagonal_[code].inverse; }
    /// Of a component to itself on the next faces along an axis; 1 in lane 3.
    template <class Vector = Float4>
    Vector coupling(Axis axis) const
    {
        if constexpr (std::is_same_v<Vector, Double4>)
            return wide_coupling_[index(axis)];
        else
            return narrow(wide_coupling_[index(axis)]);
    }

private:
    struct alignas(32) Diagonal { // side by side in one line of the cache: most passes need both
        Float4 value{}, inverse{};
    };
    std::vector<Diagonal> diagonal_;
    std::vector<Double4> wide_diagonal_;
    std::array<Double4, 3> wide_coupling_{};
};

/// Opening of the three faces of a code: g(n) = 1 - n/6 + n(n-1)/108 for n walls beside a face, in gradient and divergence
/// alike; chosen so that the flux of a slit is exact to third order in the voxel size.
class FaceWeights {
public:
    explicit FaceWeights(Walls walls);
    Float4 operator()(std::uint8_t code) const { return table_[code]; }

private:
    std::array<Float4, 256> table_{};
};

} // namespace lapilli::stokes
