// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/strong_sets.hpp"

#include <algorithm>
#include <tuple>

namespace lapilli::multigrid {

namespace {

/// Links between different sets, those between the same two added up, the strongest first.
void gather_links(morphology::DisjointSets<std::int32_t>& sets, std::vector<Link>& links)
{
    for (auto& link : links) std::tie(link.a, link.b) = std::minmax({sets.root(link.a), sets.root(link.b)});
    std::erase_if(links, [](const Link& link) { return link.a == link.b || !(link.coupling > 0); });
    std::stable_sort(links.begin(), links.end(),
                     [](const Link& p, const Link& q) { return std::tie(p.a, p.b) < std::tie(q.a, q.b); });
    std::size_t distinct = 0;
    for (const auto& link : links) {
        if (distinct > 0 && links[distinct - 1].a == link.a && links[distinct - 1].b == link.b)
            links[distinct - 1].coupling += link.coupling;
        else
            links[distinct++] = link;
    }
    links.resize(distinct);
    std::stable_sort(links.begin(), links.end(), [](const Link& p, const Link& q) { return p.coupling > q.coupling; });
}

} // namespace

void unite_strong(morphology::DisjointSets<std::int32_t>& sets, std::span<double> diagonal, std::vector<Link>& links,
                  double strength)
{
    for (bool united = true; united;) { // united sets have stronger couplings: perhaps now
        united = false;
        gather_links(sets, links);
        for (const auto& link : links) {
            const auto a = sets.root(link.a), b = sets.root(link.b);
            if (a == b) continue;
            auto &of_a = diagonal[a], &of_b = diagonal[b];
            if (link.coupling < strength * std::min(of_a, of_b)) continue;
            of_a = of_b = of_a + of_b;
            sets.unite(a, b);
            united = true;
        }
    }
}

} // namespace lapilli::multigrid
