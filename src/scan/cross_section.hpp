// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scan/grey_image.hpp"
#include "scan/recipe.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace lapilli::scan {

/// The part of every plane in which the sample is: the same at each z.
class CrossSection {
public:
    /// All of the planes.
    explicit CrossSection(const Shape& shape) : nx_(shape.nx), rows_(shape.ny, {0, shape.nx}) {}
    /// What is inside a cylinder: the voxels whose centres are. @param first  voxel of the file where the image begins
    CrossSection(const Shape& shape, const PerAxis<std::int64_t>& first, const Cylinder& cylinder);

    bool empty() const { return voxels() == 0; }
    std::int64_t voxels() const; ///< of a plane
    /// Calls visit(first, count) for the voxels of each row of a plane that are inside.
    template <class Visit>
    void for_each_row(Visit&& visit) const
    {
        for (std::size_t y = 0; y < rows_.size(); ++y)
            if (const auto [first, last] = rows_[y]; first < last) visit(y * nx_ + first, last - first);
    }

private:
    struct Row {
        std::int64_t first = 0, last = 0;
    };
    std::int64_t nx_;
    std::vector<Row> rows_;
};

/// The round sample in a grey image that is darker or brighter around it: the circle with the area and the centre of what
/// differs from the corners in the mean of all planes. In voxels of the file. The same on any number of ranks. Collective.
/// @throws Error on every rank: what differs is no circle
Cylinder find_cylinder(const parallel::Communicator& comm, const GreyImage& grey);

} // namespace lapilli::scan
