// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "stokes/faces.hpp"

#include <bit>

namespace lapilli::stokes {

namespace {

constexpr std::uint8_t weight_states = 6; // of a face: closed, or open with 0 to 4 walls

/// The two axes along the edges of a face.
constexpr std::array<std::array<std::size_t, 2>, 3> along_edges{{{1, 2}, {0, 2}, {0, 1}}};

} // namespace

Faces open_faces(Axis across, brick::RowBytes open, Neighbours here, Neighbours below, Neighbours leaving)
{
    const Neighbours joined = here | below;
    brick::RowBytes walls{};
    std::array<brick::RowBytes, 2> beside{};
    for (int edge = 0; edge < 2; ++edge)
        for (int side = 0; side < 2; ++side) {
            const std::uint8_t direction = brick::with_bit(2 * along_edges[index(across)][edge] + side);
            const auto closed = brick::where_zero(joined & direction);
            beside[edge] += closed & 1;
            walls += closed & brick::where_zero(leaving & direction) & 1;
        }
    return {open & (walls + 1), open & (beside[0] + 3 * beside[1] + 1)};
}

brick::RowBytes weight_codes(const std::array<Faces, 3>& faces)
{
    return faces[0].walls + weight_states * (faces[1].walls + weight_states * faces[2].walls);
}

std::array<std::uint16_t, brick::edge> diagonal_codes_of(const std::array<Faces, 3>& faces)
{
    using Words = std::uint16_t __attribute__((vector_size(2 * brick::edge)));
    const auto wide = [](brick::RowBytes bytes) { return __builtin_convertvector(bytes, Words); };
    const Words codes =
        wide(faces[0].beside) + diagonal_states * (wide(faces[1].beside) + diagonal_states * wide(faces[2].beside));
    return std::bit_cast<std::array<std::uint16_t, brick::edge>>(codes);
}

FaceLaplacian::FaceLaplacian(const EdgeRatios& edges, std::optional<Axis> normal)
    : diagonal_(diagonal_codes), wide_diagonal_(diagonal_codes)
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
            diagonal_[code].value[lane] = narrow(diagonal);
            diagonal_[code].inverse[lane] = 1 / narrow(diagonal);
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
