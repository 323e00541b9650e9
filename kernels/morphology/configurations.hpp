// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "core/axis.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace lapilli::morphology {

/// How many cells of an image have each configuration. A cell is the cube of 2×2×2 voxels above a voxel; bit y + 2 z + 4 x
/// of its configuration is set where the voxel (x, y, z) of the cell is a pore.
using Configurations = std::array<std::int64_t, 256>;

/// How far apart the bits are of two voxels of a cell that are neighbours along an axis.
constexpr unsigned step_along(Axis axis) { return axis == Axis::x ? 4 : axis == Axis::y ? 1 : 2; }

/// A brick, which may be beyond the faces of an image, and what is needed to look at its cells.
struct CellBlock {
    /// Its mask, and those above it: place x + 2 y + 4 z is the brick x, y, z further on. nullptr: no pores.
    std::array<const brick::Mask*, 8> bricks{};
    /// The same masks with what is outside the sample: cells that have some of it do not count. Nothing: there is none.
    std::optional<std::array<const brick::Mask*, 8>> open;
    /// Where, along each axis, the brick above it begins: fewer than 16 voxels on where the image ends inside this one.
    PerAxis<int> extent{brick::edge, brick::edge, brick::edge};
    /// Which cells count, by their lowest voxel along each axis: [first, last), with 0 <= first <= last <= extent.
    PerAxis<int> first{0, 0, 0};
    PerAxis<int> last{brick::edge, brick::edge, brick::edge};
};

/// Counts the cells of bricks by configuration.
class ConfigurationCount {
public:
    void add(const CellBlock& block);
    /// All that were added. Cells without pores are not counted: they are what is left of all cells.
    Configurations with_pores() const;

private:
    void add_inside_sample(const CellBlock& block);
    /// Neighbouring cells count in different tables: one that is alike need not wait for the other.
    std::array<Configurations, 4> tables_{};
};

} // namespace lapilli::morphology
