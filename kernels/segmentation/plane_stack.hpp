// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace lapilli::segmentation {

using Level = std::uint16_t;
inline constexpr std::int32_t levels = 65536; ///< grey levels are 0 ... 65535

/// A plane of voxels, shape (ny, nx), x fastest, and its neighbours along z up to `reach` planes away. Beyond its faces an
/// image goes on with the voxels of the face: where planes are missing, the caller gives the last one again.
template <class T, int reach = 1>
struct PlaneStack {
    std::array<const T*, 2 * reach + 1> planes{}; ///< by z
    std::int64_t ny = 0;
    std::int64_t nx = 0;

    /// The row at y of the plane dz away; one beyond the plane is that of its edge.
    const T* row(int dz, std::int64_t y) const { return planes[reach + dz] + std::clamp<std::int64_t>(y, 0, ny - 1) * nx; }
};

/// A row with the voxels beyond its ends, and room for vectors that reach further.
template <class T>
class PaddedRow {
public:
    PaddedRow(std::int64_t nx, std::int64_t reach) : nx_(nx), reach_(reach), voxels_(nx + 2 * reach + lanes) {}

    void fill(const T* row)
    {
        T* first = &voxels_[reach_];
        std::copy_n(row, nx_, first);
        std::fill(voxels_.data(), first, row[0]);
        std::fill_n(first + nx_, reach_, row[nx_ - 1]);
    }
    /// Of the voxel at 0; those from -reach on may be read.
    const T* data() const { return &voxels_[reach_]; }

    static constexpr std::int64_t lanes = 16; ///< of a vector

private:
    std::int64_t nx_, reach_;
    std::vector<T> voxels_;
};

} // namespace lapilli::segmentation
