// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/graph.hpp"

#include <algorithm>
#include <tuple>

namespace lapilli::network {

namespace {

auto identity(const Contact& c) { return std::tuple(c.a, c.b, c.steps); }
auto identity(const Opening& o) { return std::tuple(o.face, o.region); }

void add(Contact& to, const Contact& more)
{
    to.saddle = std::max(to.saddle, more.saddle);
    for (std::size_t k = 0; k < 3; ++k) {
        to.normal[k] += more.normal[k];
        to.half_voxels[k] += more.half_voxels[k];
    }
    to.section.add(more.section);
}
void add(Opening& to, const Opening& more) { to.section.add(more.section); }

template <class Item>
void sort_and_sum(std::vector<Item>& items)
{
    std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return identity(a) < identity(b); });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (kept > 0 && identity(items[kept - 1]) == identity(items[i]))
            add(items[kept - 1], items[i]);
        else
            items[kept++] = items[i];
    }
    items.resize(kept);
}

} // namespace

void move(Contact& contact, const ImageSteps& steps, const Shape& shape)
{
    for (std::size_t k = 0; k < 3; ++k)
        contact.half_voxels[k] += 2 * shape.along(all_axes[k]) * steps[k] * contact.section.weight;
}

void orient(Contact& contact, const Shape& shape)
{
    if (contact.a < contact.b || (contact.a == contact.b && contact.steps >= ImageSteps{})) return;
    std::swap(contact.a, contact.b);
    for (std::size_t k = 0; k < 3; ++k) {
        contact.steps[k] = -contact.steps[k];
        contact.normal[k] = -contact.normal[k];
    }
    move(contact, contact.steps, shape);
}

void combine(std::vector<Contact>& contacts) { sort_and_sum(contacts); }
void combine(std::vector<Opening>& openings) { sort_and_sum(openings); }

} // namespace lapilli::network
