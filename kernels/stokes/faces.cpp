// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "stokes/faces.hpp"

namespace lapilli::stokes {

namespace {

constexpr int weight_states = 6; // of a face: closed, or open with 0 to 4 walls
constexpr int diagonal_states = 10;
static_assert(diagonal_states * diagonal_states * diagonal_states == diagonal_codes);

template <class State>
int code_of(int states, State&& state)
{
    return state(0) + states * (state(1) + states * state(2));
}

/// The two axes along the edges of a face.
constexpr std::array<std::array<std::size_t, 2>, 3> along_edges{{{1, 2}, {0, 2}, {0, 1}}};

} // namespace

Face open_face(Axis across, Neighbours here, Neighbours below, Neighbours leaving)
{
    Face face{.open = true};
    for (unsigned direction = 0; direction < 6; ++direction) {
        if (all_axes[direction / 2] == across) continue;
        if (((here | below) >> direction & 1U) != 0) continue;
        ++face.beside[direction / 2];
        if ((leaving >> direction & 1U) == 0) ++face.walls;
    }
    return face;
}

std::uint8_t weight_code(const std::array<Face, 3>& faces)
{
    return code_of(weight_states, [&](std::size_t i) { return faces[i].open ? faces[i].walls + 1 : 0; });
}

std::uint16_t diagonal_code(const std::array<Face, 3>& faces)
{
    return code_of(diagonal_states, [&](std::size_t i) {
        const auto [b, c] = along_edges[i];
        return faces[i].open ? 1 + faces[i].beside[b] + 3 * faces[i].beside[c] : 0;
    });
}

FaceLaplacian::FaceLaplacian(const EdgeRatios& edges, std::optional<Axis> normal)
    : diagonal_(diagonal_codes), inverse_(diagonal_codes), wide_diagonal_(diagonal_codes)
{
    for (const Axis to : all_axes) {
        auto& coupling = wide_coupling_[index(to)];
        coupling = Double4{1, 1, 1, 1};
        for (const Axis component : all_axes) {
            const double ratio = edges.along(component) / edges.along(to);
            coupling[index(component)] = to == normal ? 0 : ratio * ratio;
        }
    }
    for (unsigned code = 0; code < diagonal_codes; ++code) {
        unsigned rest = code;
        for (int lane = 0; lane < 3; ++lane, rest /= diagonal_states) {
            const unsigned state = rest % diagonal_states;
            if (state == 0) continue;
            const auto [b, c] = along_edges[lane];
            const double diagonal = 2 * wide_coupling_[lane][lane] + (wide_coupling_[b][lane] * (2 + (state - 1) % 3) +
                                                                      wide_coupling_[c][lane] * (2 + (state - 1) / 3));
            wide_diagonal_[code][lane] = diagonal;
            diagonal_[code][lane] = narrow(diagonal);
            inverse_[code][lane] = 1 / diagonal_[code][lane];
        }
    }
}

FaceWeights::FaceWeights(Walls walls)
{
    const auto weight = [&](int state) {
        const int n = state - 1;
        if (state == 0) return 0.0F;
        return walls == Walls::plain ? 1.0F : narrow(1 - n / 6.0 + n * (n - 1) / 108.0);
    };
    for (int code = 0; code < weight_states * weight_states * weight_states; ++code)
        table_[code] = Float4{weight(code % weight_states), weight(code / weight_states % weight_states),
                              weight(code / (weight_states * weight_states)), 0};
}

} // namespace lapilli::stokes
