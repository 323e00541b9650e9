// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "stokes/faces.hpp"

namespace lapilli::stokes {

namespace {

constexpr int states = detail::face_states;

template <class State>
std::uint8_t code_of(State&& state)
{
    return static_cast<std::uint8_t>(state(0) + states * (state(1) + states * state(2)));
}

} // namespace

Face open_face(Axis across, Neighbours here, Neighbours below, Neighbours leaving)
{
    Face face{2, 0}; // the next faces up and down the axis: open or closed, they are one voxel away
    for (unsigned direction = 0; direction < 6; ++direction) {
        if (direction / 2 == static_cast<unsigned>(across)) continue;
        const bool solid = ((here | below) >> direction & 1U) == 0;
        face.diagonal = static_cast<std::uint8_t>(face.diagonal + (solid ? 2 : 1));
        if (solid && (leaving >> direction & 1U) == 0) ++face.walls;
    }
    return face;
}

std::uint8_t weight_code(const std::array<Face, 3>& faces)
{
    return code_of([&](std::size_t i) { return faces[i].diagonal == 0 ? 0 : faces[i].walls + 1; });
}

std::uint8_t diagonal_code(const std::array<Face, 3>& faces)
{
    return code_of([&](std::size_t i) { return faces[i].diagonal == 0 ? 0 : faces[i].diagonal - 5; });
}

FaceWeights::FaceWeights(Walls walls)
{
    const auto weight = [&](int state) {
        const int n = state - 1;
        if (state == 0) return 0.0F;
        return walls == Walls::plain ? 1.0F : static_cast<float>(1 - n / 6.0 + n * (n - 1) / 108.0);
    };
    for (int code = 0; code < states * states * states; ++code)
        table_[static_cast<std::size_t>(code)] =
            Float4{weight(code % states), weight(code / states % states), weight(code / (states * states)), 0};
}

} // namespace lapilli::stokes
