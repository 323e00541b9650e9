// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/columns.hpp"

#include "brick/morton.hpp"

#include <algorithm>

namespace lapilli::geometry {

Columns::Columns(const image::PoreSpace& pores, Axis axis)
    : axis_(axis), voxels_(pores.shape().along(axis)), pores_(places_of(pores, axis))
{
    if (!pores.all_sample()) open_ = places_of(pores.open(), axis);
}

Columns::Places Columns::places_of(const image::PoreSpace& pores, Axis axis)
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
    Places places;
    for (const auto& of_rank : comm.exchange_all(outgoing)) places.insert(places.end(), of_rank.begin(), of_rank.end());
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.column < b.column; });
    return places;
}

void Columns::for_each(const std::function<void(const morphology::Lines&, const morphology::Lines&)>& visit) const
{
    morphology::Lines pores(axis_, voxels_), open(axis_, voxels_);
    const auto put_column = [](std::int64_t column, Places::const_iterator& next, const Places& all, morphology::Lines& to) {
        to.clear();
        for (; next != all.end() && next->column == column; ++next) to.put(next->mask, next->along);
    };
    auto next = pores_.begin();
    if (!open_)
        while (next != pores_.end()) {
            put_column(next->column, next, pores_, pores);
            visit(pores, pores);
        }
    else
        for (auto next_open = open_->begin(); next_open != open_->end();) { // whose columns are those of the pores, and more
            const auto column = next_open->column;
            put_column(column, next_open, *open_, open);
            put_column(column, next, pores_, pores);
            visit(pores, open);
        }
}

} // namespace lapilli::geometry
