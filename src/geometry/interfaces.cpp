// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/interfaces.hpp"

#include "geometry/ghost_layers.hpp"
#include "geometry/tiles.hpp"

namespace lapilli::geometry {

morphology::InterfaceCount count_interfaces(const KnownBricks& known)
{
    const auto& pores = known.pores();
    Tiles<std::uint16_t> phases(known.size());
    for (std::int32_t b = 0; b < known.owned(); ++b) {
        const auto& brick = pores.owned_bricks()[b];
        brick::for_each_pore(brick, [&, tile = phases[b]](int row, int x, int pore) {
            tile[row * brick::edge + x] = pores.phases().empty() ? 1 : pores.phases()[brick.first + pore];
        });
    }
    GhostLayers(known).fill(phases);
    morphology::InterfaceCount count;
    morphology::Shell<std::uint16_t> shell;
    for (std::int32_t b = 0; b < known.owned(); ++b) {
        gather_shell(known, phases, b, shell);
        count.add(shell, known.extent(b));
    }
    pores.comm().sum(count.counts());
    return count;
}

} // namespace lapilli::geometry
