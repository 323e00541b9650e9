// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/minkowski.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>

namespace lapilli::geometry {

namespace {

/// The cells of one place of a brick, also of those without pores and of those just below a sealed image.
class Blocks {
public:
    /// Collective.
    Blocks(const KnownBricks& known, Rim rim) : known_(known), grid_(known.grid()), rim_(rim)
    {
        if (!known.pores().all_sample()) open_ = std::make_unique<KnownBricks>(known.pores().open(), 1);
    }

    /// What is known of all that is open; nothing if that is the pores.
    const KnownBricks* open() const { return open_.get(); }
    /// The brick with pores that is there, in the image or its repetitions.
    const brick::Mask* pores_at(const brick::Position& place) const { return mask_at(known_, place); }
    /// The block at a place; nothing if none of its cells counts.
    std::optional<morphology::CellBlock> at(const brick::Position& place) const
    {
        morphology::CellBlock block;
        if (!limit(place.x, Axis::x, block) || !limit(place.y, Axis::y, block) || !limit(place.z, Axis::z, block))
            return std::nullopt;
        for (unsigned i = 0; i < block.bricks.size(); ++i) block.bricks[i] = pores_at(above(place, i));
        if (open_) show_outside(place, block);
        return block;
    }
    /// @param corner  x + 2 y + 4 z of a block of 2×2×2 bricks
    static brick::Position above(const brick::Position& place, unsigned corner)
    {
        return {place.x + (corner & 1U), place.y + (corner >> 1U & 1U), place.z + (corner >> 2U)};
    }
    static brick::Position below(const brick::Position& place, unsigned corner)
    {
        return {place.x - (corner & 1U), place.y - (corner >> 1U & 1U), place.z - (corner >> 2U)};
    }

private:
    const brick::Mask* mask_at(const KnownBricks& known, const brick::Position& place) const
    {
        const auto inside = grid_.inside(place);
        const auto brick = inside ? known.at(*inside) : KnownBricks::solid;
        return brick < 0 ? nullptr : &known.mask(brick);
    }
    void show_outside(const brick::Position& place, morphology::CellBlock& block) const
    {
        std::array<const brick::Mask*, 8> open{};
        for (unsigned i = 0; i < open.size(); ++i) open[i] = mask_at(*open_, above(place, i));
        const auto same = [](const brick::Mask* all, const brick::Mask* pores) {
            return all == nullptr || (pores != nullptr && *all == *pores);
        };
        if (!std::equal(open.begin(), open.end(), block.bricks.begin(), same)) block.open = open; // else it counts faster
    }
    /// The cells of a block that count along an axis. Returns whether there are any.
    bool limit(std::int64_t place, Axis axis, morphology::CellBlock& block) const
    {
        if (place < 0 && !grid_.periodic()) { // the last layer of voxels below the image
            block.first[axis] = brick::edge - 1;
            return rim_ == Rim::solid;
        }
        const auto bricks = grid_.along(axis);
        const auto inside = (place + bricks) % bricks;
        block.extent[axis] = grid_.extent(inside, axis);
        const bool left_out = !grid_.periodic() && rim_ == Rim::inside && inside + 1 == bricks;
        block.last[axis] = block.extent[axis] - (left_out ? 1 : 0);
        return block.last[axis] > 0;
    }

    const KnownBricks& known_;
    const brick::Grid& grid_;
    Rim rim_;
    std::unique_ptr<KnownBricks> open_;
};

/// The cells that one brick counts.
void count_cells(const Blocks& blocks, const brick::Position& own, morphology::ConfigurationCount& count)
{
    for (unsigned corner = 0; corner < 8; ++corner) {
        // Cells that many bricks touch are counted by the first that has pores, seen from the lowest voxel.
        const auto place = Blocks::below(own, corner);
        if (corner != 0 && blocks.pores_at(place) != nullptr) continue;
        const auto block = blocks.at(place);
        if (!block) continue;
        const auto first =
            std::find_if(block->bricks.begin(), block->bricks.end(), [](const auto* b) { return b != nullptr; });
        if (first - block->bricks.begin() == corner) count.add(*block);
    }
}

PerAxis<double> edges_of(const KnownBricks& known)
{
    const auto& edges = known.pores().edges();
    return {edges.along(Axis::x), edges.along(Axis::y), edges.along(Axis::z)};
}

std::int64_t cells_along(const brick::Grid& grid, Axis axis, Rim rim)
{
    const auto voxels = grid.shape().along(axis);
    return grid.periodic() ? voxels : rim == Rim::inside ? voxels - 1 : voxels + 1;
}

std::int64_t all_cells(const brick::Grid& grid, Rim rim)
{
    return cells_along(grid, Axis::x, rim) * cells_along(grid, Axis::y, rim) * cells_along(grid, Axis::z, rim);
}

} // namespace

morphology::Configurations configurations(const KnownBricks& known, Rim rim)
{
    const Blocks blocks(known, rim);
    morphology::ConfigurationCount count;
    for (std::int32_t own = 0; own < known.owned(); ++own) count_cells(blocks, known.place(own), count);
    auto cells = count.with_pores();
    known.pores().comm().sum(cells);
    cells[0] = blocks.open() ? configurations(*blocks.open(), rim)[0] // all solid: neither pores nor what is outside
                             : all_cells(known.grid(), rim) - std::accumulate(cells.begin(), cells.end(), std::int64_t{0});
    return cells;
}

std::vector<double> surface_by_brick(const KnownBricks& known)
{
    const Blocks blocks(known, Rim::inside);
    const auto of_cell = morphology::surface_of_cells(edges_of(known));
    std::vector<double> surface;
    for (std::int32_t own = 0; own < known.owned(); ++own) {
        morphology::ConfigurationCount count;
        count_cells(blocks, known.place(own), count);
        const auto cells = count.with_pores();
        surface.push_back(std::inner_product(cells.begin(), cells.end(), of_cell.begin(), 0.0));
    }
    return surface;
}

Functionals functionals(const KnownBricks& known, Rim rim)
{
    const bool all = known.grid().periodic() || rim == Rim::solid;
    const auto cells = configurations(known, rim);
    const auto edges = edges_of(known);
    const auto inside = std::accumulate(cells.begin(), cells.end(), std::int64_t{0});
    return {morphology::minkowski(cells, edges), all ? known.grid().shape().voxels() : inside,
            morphology::fabric(cells, edges)};
}

} // namespace lapilli::geometry
