// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/floods.hpp"

#include "brick/morton.hpp"
#include "geometry/access.hpp"
#include "scan/slab_halo.hpp"
#include "segmentation/gradient.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace lapilli::scan {

namespace {

using geometry::tile_voxels;
using Tiles = geometry::Tiles<Level>;

/// Calls visit(brick, voxel of the brick, pore) for each own pore.
template <class Visit>
void for_each_pore(const image::PoreSpace& pores, Visit&& visit)
{
    const auto bricks = pores.owned_bricks();
    for (std::size_t b = 0; b < bricks.size(); ++b)
        brick::for_each_pore(bricks[b], [&](int row, int x, int pore) {
            visit(b, static_cast<std::size_t>(row * brick::edge + x), static_cast<std::size_t>(bricks[b].first + pore));
        });
}

/// The own pores for which keep(brick, voxel of the brick, pore) holds.
template <class Keep>
image::BrickSet pores_where(const image::PoreSpace& pores, Keep&& keep)
{
    image::BrickSet set;
    for (const auto& brick : pores.owned_bricks()) {
        set.codes.push_back(brick.code);
        set.masks.emplace_back();
    }
    for_each_pore(pores, [&](std::size_t b, std::size_t voxel, std::size_t pore) {
        if (keep(b, voxel, pore)) set.masks[b].row[voxel / brick::edge] |= 1U << voxel % brick::edge;
    });
    return set;
}

template <class Is>
geometry::Voxels voxels_where(const image::PoreSpace& pores, Is&& is)
{
    geometry::Voxels voxels;
    for_each_pore(pores, [&](std::size_t b, std::size_t voxel, std::size_t pore) {
        if (is(pores.phases()[pore])) voxels.push_back(b * tile_voxels + voxel);
    });
    return voxels;
}

/// A field on slabs of planes, on the bricks of a pore space. Collective.
Tiles to_tiles(const parallel::Communicator& comm, const GreyImage& grey, const image::PoreSpace& pores)
{
    struct Part {
        std::uint64_t code;
        std::array<Level, tile_voxels> levels;
    };
    std::vector<std::vector<Part>> parts(comm.size());
    const auto& grid = pores.grid();
    for (std::int64_t z = grey.planes.first / brick::edge; z * brick::edge < grey.planes.last; ++z)
        for (std::int64_t y = 0; y < grid.along(Axis::y); ++y)
            for (std::int64_t x = 0; x < grid.along(Axis::x); ++x) {
                const auto code = brick::morton({x, y, z});
                auto& part = parts[pores.partition().owner(code)].emplace_back(Part{code, {}});
                const auto extent = grid.extent({x, y, z});
                for (int i = 0; i < extent[2]; ++i)
                    for (int j = 0; j < extent[1]; ++j)
                        std::copy_n(
                            &grey.plane(z * brick::edge + i)[(y * brick::edge + j) * grey.shape.nx + x * brick::edge],
                            extent[0], &part.levels[(i * brick::edge + j) * brick::edge]);
            }
    const auto bricks = pores.owned_bricks();
    Tiles tiles(bricks.size());
    for (const auto& from_rank : comm.exchange_all(parts))
        for (const auto& [code, levels] : from_rank) {
            const auto own = std::ranges::lower_bound(bricks, code, {}, &brick::Brick::code);
            if (own != bricks.end() && own->code == code) std::ranges::copy(levels, tiles[own - bricks.begin()]);
        }
    return tiles;
}

/// What a voxel of a label is in a flood, as a phase.
constexpr int phase_of(int label, bool marker) { return 2 * label + (marker ? 2 : 1); }
constexpr int label_of(int phase) { return (phase - 1) / 2; }

/// All voxels of the sample, with their labels and whether they are markers.
image::BrickSet marked_bricks(const GreyImage& grey, const Markers& markers, const LabelSlab& labels)
{
    LabelSlab marked = labels;
    for (std::size_t i = 0; i < marked.labels.size(); ++i) {
        const int label = labels.labels[i], level = grey.voxels[i];
        const bool above = label == 0 || label >= markers.classes || level >= markers.above[label - 1];
        const bool below = label + 1 >= markers.classes || level < markers.below[label];
        marked.labels[i] = label < markers.classes ? phase_of(label, above && below) : 0;
    }
    PhaseOfLabel same;
    std::iota(same.begin(), same.end(), std::uint8_t{0});
    return bricks_of(marked, same, true);
}

/// The less steep, the larger; never 0.
Tiles gentleness(const parallel::Communicator& comm, const GreyImage& grey, const image::PoreSpace& sample)
{
    GreyImage field = grey;
    filter_planes<1>(comm, grey.shape, field.voxels, segmentation::gradient);
    for (auto& level : field.voxels) level = segmentation::levels - std::max<int>(level, 1);
    return to_tiles(comm, field, sample);
}

} // namespace

void keep_connected(const parallel::Communicator& comm, LabelSlab& labels)
{
    constexpr int strict = 2;
    const image::PoreSpace pores(comm, labels.shape, bricks_of(labels, {strict, 1}, true));
    const geometry::KnownBricks known(pores, 1);
    const geometry::GhostLayers ghosts(known);
    Tiles open(known.size() + 1);
    for_each_pore(pores, [&](std::size_t b, std::size_t voxel, std::size_t) { open[b][voxel] = 1; });
    const auto seeds = voxels_where(pores, [](auto phase) { return phase == strict; });
    const auto reached = geometry::widest_access(known, ghosts, std::move(open), seeds, std::nullopt);
    for (auto& label : labels.labels)
        if (label == 1 || label == 2) label = 1;
    const auto kept =
        pores_where(pores, [&](std::size_t b, std::size_t voxel, std::size_t) { return reached[b][voxel] > 0; });
    give_label(comm, kept, 0, labels);
}

void flood_from_markers(const parallel::Communicator& comm, const GreyImage& grey, const Markers& markers, LabelSlab& labels)
{
    const image::PoreSpace sample(comm, labels.shape, marked_bricks(grey, markers, labels));
    const auto widths = gentleness(comm, grey, sample);
    const geometry::KnownBricks known(sample, 1);
    const geometry::GhostLayers ghosts(known);
    Tiles widest(widths.bricks());
    std::vector<std::uint8_t> winner(widths.values().size());
    for (int label = 0; label < markers.classes; ++label) {
        const auto seeds = voxels_where(sample, [&](int phase) { return phase == phase_of(label, true); });
        const auto access = geometry::widest_access(known, ghosts, Tiles(widths, known.size() + 1), seeds, std::nullopt);
        for_each_pore(sample, [&](std::size_t b, std::size_t voxel, std::size_t pore) {
            const bool own = label_of(sample.phases()[pore]) == label;
            auto& most = widest[b][voxel];
            if (access[b][voxel] < most || (access[b][voxel] == most && !own)) return;
            most = access[b][voxel];
            winner[b * tile_voxels + voxel] = label;
        });
    }
    for (int label = 0; label < markers.classes; ++label) {
        const auto won =
            pores_where(sample, [&](auto b, auto voxel, auto) { return winner[b * tile_voxels + voxel] == label; });
        give_label(comm, won, label, labels);
    }
}

} // namespace lapilli::scan
