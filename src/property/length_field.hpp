// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "geometry/tiles.hpp"
#include "image/pore_space.hpp"
#include "morphology/weights.hpp"
#include "property/size_histogram.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace lapilli::property {

/// Gets a length [shortest edges] at each own pore, in canonical order, and what the field of these is called. Collective.
using TakeLengths =
    std::function<void(const std::string& name, const image::PoreSpace& pores, std::span<const float> lengths)>;

/// The roots of squared lengths, at the own pores of an image.
/// @param tiles  of the own bricks
template <class Level>
std::vector<float> lengths_at_pores(const image::PoreSpace& pores, const geometry::Tiles<Level>& tiles,
                                    const morphology::Weights& weights)
{
    std::vector<float> lengths;
    lengths.reserve(pores.pores());
    for (std::size_t b = 0; b < pores.owned_bricks().size(); ++b)
        brick::for_each_pore(pores.owned_bricks()[b], [&, tile = tiles[b]](int row, int x, int) {
            lengths.push_back(static_cast<float>(length_of(1.0 * tile[row * brick::edge + x], weights)));
        });
    return lengths;
}

} // namespace lapilli::property
