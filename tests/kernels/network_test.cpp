// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/conduit.hpp"
#include "network/merge.hpp"
#include "network/potential.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <random>

using namespace lapilli;
using namespace lapilli::network;

namespace {

Contact contact(std::uint32_t a, std::uint32_t b, std::int64_t saddle, ImageSteps steps = {})
{
    Contact c{.a = a, .b = b, .steps = steps, .saddle = saddle};
    c.normal = {1, 0, 0};
    c.section.add(saddle, 1);
    return c;
}

Graph graph(const std::vector<std::int64_t>& levels, std::vector<Contact> contacts)
{
    Graph g{.contacts = std::move(contacts)};
    for (std::size_t i = 0; i < levels.size(); ++i) g.regions.push_back({static_cast<std::int64_t>(10 * i), levels[i], 1});
    combine(g.contacts);
    return g;
}

/// Which basins are together, by the definition: as long as anything changes, the first of all contacts, in their order,
/// that joins two sets is looked at again from the beginning.
std::vector<std::uint32_t> sets_by_definition(const Graph& g, double alpha)
{
    std::vector<std::uint32_t> summit(g.regions.size()); // of each basin
    for (std::uint32_t i = 0; i < summit.size(); ++i) summit[i] = i;
    auto order = g.contacts;
    std::stable_sort(order.begin(), order.end(), [](const auto& p, const auto& q) { return p.saddle > q.saddle; });
    for (const auto& c : order) {
        auto high = summit[c.a], low = summit[c.b];
        if (high == low) continue;
        const auto level = [&](std::uint32_t i) { return g.regions[i].level; };
        if (level(high) < level(low) || (level(high) == level(low) && high > low)) std::swap(high, low);
        if (std::sqrt(static_cast<double>(c.saddle)) < alpha * std::sqrt(static_cast<double>(level(low)))) continue;
        std::replace(summit.begin(), summit.end(), low, high);
    }
    return summit;
}

} // namespace

TEST_CASE("two basins become one pore if the way between them is wide, and stay two if it is narrow")
{
    const Shape shape{1, 1, 100};
    CHECK(merge(graph({100, 36}, {contact(0, 1, 25)}), shape, 0.8).pores.regions.size() == 1);
    const auto two = merge(graph({100, 36}, {contact(0, 1, 16)}), shape, 0.8).pores;
    REQUIRE(two.regions.size() == 2);
    REQUIRE(two.contacts.size() == 1);
    CHECK(two.contacts[0].saddle == 16);
}

TEST_CASE("a pore bears the name of its highest summit, the first one among equals")
{
    const auto merged = merge(graph({9, 16, 16}, {contact(0, 1, 9), contact(1, 2, 16)}), {1, 1, 100}, 0.8);
    REQUIRE(merged.pores.regions.size() == 1);
    CHECK(merged.pores.regions[0].summit == 10);
    CHECK(merged.pores.regions[0].voxels == 3);
}

TEST_CASE("basins merge as the definition says, whatever the order of the contacts")
{
    std::mt19937 random(3);
    for (int trial = 0; trial < 200; ++trial) {
        const std::uint32_t n = 2 + random() % 20;
        std::vector<std::int64_t> levels;
        for (std::uint32_t i = 0; i < n; ++i) levels.push_back(1 + random() % 12);
        std::vector<Contact> contacts;
        for (std::uint32_t k = 0; k < 2 * n; ++k) {
            const std::uint32_t a = random() % n, b = random() % n;
            if (a < b) contacts.push_back(contact(a, b, 1 + random() % std::min(levels[a], levels[b])));
        }
        const auto g = graph(levels, contacts);
        const auto expected = sets_by_definition(g, 0.75);
        auto shuffled = g;
        std::shuffle(shuffled.contacts.begin(), shuffled.contacts.end(), random);
        const auto merged = merge(shuffled, {1, 1, 1000}, 0.75);
        for (std::uint32_t i = 0; i < n; ++i)
            CHECK(merged.pores.regions[merged.places[i].pore].summit == 10 * std::int64_t{expected[i]});
        const auto faces = [](const std::vector<Contact>& all) {
            std::int64_t sum = 0;
            for (const auto& c : all) sum += c.section.weight;
            return sum;
        };
        std::int64_t between = 0;
        for (const auto& c : g.contacts)
            if (expected[c.a] != expected[c.b]) between += c.section.weight;
        CHECK(faces(merged.pores.contacts) == between);
    }
}

TEST_CASE("a pore of two basins around a periodic image touches itself in the next repetition")
{
    auto across = contact(1, 0, 4, {1, 0, 0});
    across.half_voxels = {19, 0, 0}; // between the voxels 9 and 10, the latter being 0
    orient(across, {1, 1, 10});
    CHECK(across.a == 0);
    CHECK(across.steps == ImageSteps{-1, 0, 0});
    CHECK(across.half_voxels[0] == -1);
    const auto merged = merge(graph({9, 9}, {contact(0, 1, 9), across}), {1, 1, 10}, 0.8).pores;
    REQUIRE(merged.regions.size() == 1);
    REQUIRE(merged.contacts.size() == 1);
    CHECK(merged.contacts[0].steps == ImageSteps{1, 0, 0});
    CHECK(merged.contacts[0].half_voxels[0] == 19);
}

TEST_CASE("links in series and side by side conduct like resistors")
{
    const std::vector<Link> links{{0, 1, 2.0}, {1, 2, 3.0}, {0, 2, 0.5}};
    const std::vector<Port> ports{{0, 4.0, 1}, {2, 1e-3, 0}};
    const double between = 0.5 + 1 / (1 / 2.0 + 1 / 3.0), all = 1 / (1 / 4.0 + 1 / between + 1e3);
    const auto u = potentials(3, links, ports);
    CHECK(inflow(u, ports, 1) == Approx(all).epsilon(1e-10));
    CHECK(inflow(u, ports, 0) == Approx(-all).epsilon(1e-6)); // a difference of two potentials near 0
}

TEST_CASE("nodes without any port, dead ends and wide ranges of conductances do no harm")
{
    std::vector<Link> links;
    double resistance = 0;
    for (std::uint32_t i = 0; i < 200; ++i) {
        const double g = std::pow(10.0, static_cast<int>(i % 4) - 3);
        links.push_back({i, i + 1, g});
        links.push_back({i, 300 + i, 1 / g}); // leads nowhere
        resistance += 1 / g;
    }
    links.push_back({600, 601, 1}); // an island
    const std::vector<Port> ports{{0, 1, 1}, {200, 1, 0}};
    const auto u = potentials(605, links, ports);
    CHECK(inflow(u, ports, 1) == Approx(1 / (resistance + 2)).epsilon(1e-6)); // a factor of 1e6 between conductances
}

TEST_CASE("in a ring that gains a potential flows what its resistance lets through")
{
    const std::vector<Link> ring{{0, 1, 1.0}, {1, 2, 2.0}, {2, 0, 4.0, 1.0}};
    const auto u = potentials(3, ring, {});
    CHECK(ring[0].conductance * (u[0] - u[1]) == Approx(1 / (1 + 0.5 + 0.25)).epsilon(1e-10));
}

TEST_CASE("a straight square duct of four pores conducts as its section says")
{
    const Shape shape{4, 4, 40};
    Graph g;
    for (std::int64_t i = 0; i < 4; ++i) g.regions.push_back({5 + 10 * i, 4, 160}); // at x = 5, 15, 25, 35
    for (std::uint32_t i = 0; i < 3; ++i) {
        Contact c{.a = i, .b = i + 1, .saddle = 4};
        for (int y = 0; y < 4; ++y)
            for (int z = 0; z < 4; ++z) {
                c.section.add(4, 1);
                ++c.normal[0];
                for (std::size_t k = 0; k < 3; ++k)
                    c.half_voxels[k] += k == 0 ? 2 * (10 * i + 9) + 1 : k == 1 ? 2 * y : 2 * z;
            }
        g.contacts.push_back(c);
    }
    const auto network = measure(g, shape, Metric(morphology::Weights{}));
    REQUIRE(network.throats.size() == 3);
    for (const auto& t : network.throats) {
        CHECK(t.area == 16);
        CHECK(t.radius == 1.5);
        CHECK(t.centre[0] == 10.0 * (1 + t.a));
        CHECK(t.centre[1] == 2);
        CHECK(t.lengths[0] == Approx(std::sqrt(4.5 * 4.5 + 2 * 1.5 * 1.5)));
        CHECK(t.conductance.diffusive == Approx(16 / (t.lengths[0] + t.lengths[1])));
        const double depth = 1.5 * 1.5 + 1.0 / 12;
        CHECK(t.conductance.hydraulic == Approx(0.8 * 16 * depth / (t.lengths[0] + t.lengths[1])).epsilon(1e-4));
    }
    CHECK(network.pores[0].throats == 1);
    CHECK(network.pores[1].throats == 2);
    CHECK(network.pores[1].volume == 160);
}

TEST_CASE("flat voxels have the areas, lengths and distances of their edges")
{
    const Metric metric(morphology::Weights{{4, 1, 1}}); // twice as long along x
    CHECK(metric.edge == std::array<double, 3>{2, 1, 1});
    CHECK(metric.face_area == std::array<double, 3>{1, 2, 2});
    CHECK(metric.face_weight == std::array<std::int64_t, 3>{4096, 8192, 8192});
    CHECK(metric.half == Approx(std::cbrt(2.0) / 2));
    CHECK(metric.radius(9) == Approx(3 - metric.half));
    Section section;
    section.add(16, 4096);
    const double d = 4 - metric.half;
    CHECK(metric.mean_squared_depth(section) == Approx(d * d + metric.half * metric.half / 3).epsilon(1e-4));
}
