// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/merge.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace lapilli::network {

namespace {

using Sets = morphology::WindingSets<std::uint32_t>;

/// Basins that have become one, and which summit of each such set is the highest.
class Union {
public:
    explicit Union(const Graph& basins) : basins_(basins), sets_(basins.regions.size()), summit_(basins.regions.size())
    {
        std::iota(summit_.begin(), summit_.end(), 0U);
    }
    void unite_if(const Contact& contact, double alpha);
    std::vector<Place> places(std::vector<std::uint32_t>& summits);

private:
    bool higher(std::uint32_t a, std::uint32_t b) const
    {
        const auto level_a = basins_.regions[a].level, level_b = basins_.regions[b].level;
        return level_a > level_b || (level_a == level_b && a < b);
    }

    const Graph& basins_;
    Sets sets_;
    std::vector<std::uint32_t> summit_; ///< of each root
};

void Union::unite_if(const Contact& contact, double alpha)
{
    const auto a = sets_.root(contact.a), b = sets_.root(contact.b);
    if (a == b) return;
    const bool a_stays = higher(summit_[a], summit_[b]);
    const auto stays = a_stays ? summit_[a] : summit_[b], goes = a_stays ? summit_[b] : summit_[a];
    if (1.0 * contact.saddle < alpha * alpha * basins_.regions[goes].level) return;
    sets_.unite(contact.a, contact.b, contact.steps);
    summit_[sets_.root(contact.a)] = stays;
}

/// @param summits  becomes the basins that name the pores, rising
std::vector<Place> Union::places(std::vector<std::uint32_t>& summits)
{
    const auto count = static_cast<std::uint32_t>(basins_.regions.size());
    std::vector<std::uint32_t> number(count, 0);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (summit_[sets_.root(i)] != i) continue;
        number[i] = static_cast<std::uint32_t>(summits.size());
        summits.push_back(i);
    }
    std::vector<Place> places(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto of_basin = sets_.place(i), of_summit = sets_.place(summit_[of_basin.root]);
        places[i].pore = number[summit_[of_basin.root]];
        for (std::size_t k = 0; k < 3; ++k) places[i].steps[k] = of_basin.steps[k] - of_summit.steps[k];
    }
    return places;
}

/// The same contact as one of the pores; false: it lies inside a pore.
bool lift(Contact& contact, const std::vector<Place>& places, const Shape& shape)
{
    const auto &a = places[contact.a], &b = places[contact.b];
    contact.a = a.pore;
    contact.b = b.pore;
    for (std::size_t k = 0; k < 3; ++k) contact.steps[k] += a.steps[k] - b.steps[k];
    if (contact.a == contact.b && contact.steps == ImageSteps{}) return false;
    move(contact, a.steps, shape);
    orient(contact, shape);
    return true;
}

} // namespace

Merged merge(const Graph& basins, const Shape& shape, double alpha)
{
    std::vector<const Contact*> order;
    order.reserve(basins.contacts.size());
    for (const auto& contact : basins.contacts) order.push_back(&contact);
    std::sort(order.begin(), order.end(), [](const Contact* p, const Contact* q) {
        return std::tuple(-p->saddle, p->a, p->b, p->steps) < std::tuple(-q->saddle, q->a, q->b, q->steps);
    });
    Union united(basins);
    for (const auto* contact : order) united.unite_if(*contact, alpha);

    Merged merged;
    std::vector<std::uint32_t> summits;
    merged.places = united.places(summits);
    auto& pores = merged.pores;
    for (const auto summit : summits)
        pores.regions.push_back({basins.regions[summit].summit, basins.regions[summit].level, 0});
    for (std::size_t i = 0; i < basins.regions.size(); ++i)
        pores.regions[merged.places[i].pore].voxels += basins.regions[i].voxels;
    for (auto contact : basins.contacts)
        if (lift(contact, merged.places, shape)) pores.contacts.push_back(contact);
    combine(pores.contacts);
    for (auto opening : basins.openings) {
        opening.region = merged.places[opening.region].pore;
        pores.openings.push_back(opening);
    }
    combine(pores.openings);
    return merged;
}

} // namespace lapilli::network
