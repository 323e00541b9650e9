// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/shape.hpp"
#include "multigrid/float4.hpp"

#include <array>
#include <cstdint>

namespace lapilli::stokes {

/// What stands for the walls beside a face through which fluid flows.
enum class Walls {
    weighted, ///< the opening of a face shrinks with the walls beside it: a slit of three voxels is right to 0.8 %
    plain,    ///< it does not: 23 %
};

/// Which of the six neighbours of a cell are pores: bit brick::Face.
using Neighbours = unsigned;

/// The equation of the velocity on one face, in units of viscosity and voxels, before any weight: diagonal times it, minus
/// the velocities on the six faces around it that are open. A wall that meets the face at its edge is half a voxel away from
/// the velocity and counts twice, one that ends a voxel away counts once.
struct Face {
    std::uint8_t diagonal = 0; ///< 6 to 10; 0: the face is closed
    std::uint8_t walls = 0;    ///< solid walls along its four edges
};

/// @param here    neighbours of the cell above the face
/// @param below   neighbours of the cell below it; the same as `here` on an inlet or outlet plane, which is a mirror
/// @param leaving  directions in which `here` leaves the image through an inlet or outlet plane: nothing flows along such a
///                plane, but it is no wall
Face open_face(Axis across, Neighbours here, Neighbours below, Neighbours leaving);

namespace detail {

inline constexpr unsigned face_states = 6; // of a face: closed, or open with 0 to 4 walls

struct FaceTables {
    std::array<Float4, face_states * face_states * face_states> diagonal{}, inverse{};
};

constexpr FaceTables make_face_tables()
{
    FaceTables tables;
    const auto diagonal = [](unsigned state) { return state == 0 ? 0.0F : static_cast<float>(state + 5); };
    const auto inverse = [&](unsigned state) { return state == 0 ? 0.0F : 1 / diagonal(state); };
    for (unsigned code = 0; code < tables.diagonal.size(); ++code) {
        const unsigned x = code % face_states, y = code / face_states % face_states, z = code / (face_states * face_states);
        tables.diagonal[code] = Float4{diagonal(x), diagonal(y), diagonal(z), 0};
        tables.inverse[code] = Float4{inverse(x), inverse(y), inverse(z), 0};
    }
    return tables;
}

inline constexpr FaceTables face_tables = make_face_tables();

} // namespace detail

/// The weights of three faces in one byte. A closed face has weight 0.
std::uint8_t weight_code(const std::array<Face, 3>& faces);

/// The diagonals of three faces in one byte, and what such a code stands for.
std::uint8_t diagonal_code(const std::array<Face, 3>& faces);
inline Float4 diagonals(std::uint8_t code) { return detail::face_tables.diagonal[code]; }
/// 1/diagonal, 0 where a face is closed.
inline Float4 inverse_diagonals(std::uint8_t code) { return detail::face_tables.inverse[code]; }

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
