// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/columns.hpp"

#include "brick/morton.hpp"

#include <algorithm>

namespace lapilli::geometry {

Columns::Columns(const image::PoreSpace& pores, Axis axis) : axis_(axis), voxels_(pores.shape().along(axis))
{
    const auto& comm = pores.comm();
    const Axis across = axis == Axis::x ? Axis::y : Axis::x;
    const std::int64_t width = (pores.shape().along(across) + brick::edge - 1) / brick::edge;
    std::vector<std::vector<Place>> outgoing(comm.size());
    for (const auto& b : pores.owned_bricks()) {
        const auto p = brick::from_morton(b.code);
        const Place place = axis == Axis::x   ? Place{p.z * width + p.y, p.x, b.mask}
                            : axis == Axis::y ? Place{p.z * width + p.x, p.y, b.mask}
                                              : Place{p.y * width + p.x, p.z, b.mask};
        outgoing[place.column % comm.size()].push_back(place); // neighbours, which are alike, go to different ranks
    }
    for (const auto& of_rank : comm.exchange_all(outgoing)) places_.insert(places_.end(), of_rank.begin(), of_rank.end());
    std::sort(places_.begin(), places_.end(), [](const Place& a, const Place& b) { return a.column < b.column; });
}

void Columns::for_each(const std::function<void(const morphology::Lines&)>& visit) const
{
    morphology::Lines lines(axis_, voxels_);
    for (auto first = places_.begin(); first != places_.end();) {
        auto last = first;
        lines.clear();
        for (; last != places_.end() && last->column == first->column; ++last) lines.put(last->mask, last->along);
        visit(lines);
        first = last;
    }
}

} // namespace lapilli::geometry
