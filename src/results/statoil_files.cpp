// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/network_formats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace lapilli::results {

namespace {

constexpr int inlet_reservoir = -1, outlet_reservoir = 0;

/// r²/4A, at most that of a circle.
double shape_factor(double radius, double area) { return std::min(radius * radius / (4 * area), 0.25 / std::numbers::pi); }

/// One link as the two files have it, in voxels.
struct StatoilLink {
    int from = 0, to = 0; ///< pores from 1 on, or a reservoir
    double radius = 0, area = 0;
    std::array<double, 2> halves{}; ///< from the section to the centres
    std::array<double, 2> radii{};  ///< of the pores

    double length() const { return halves[0] + halves[1]; }
    /// The part of a half that belongs to the pore.
    double of_pore(std::size_t i) const
    {
        constexpr double share = 0.6;
        return halves[i] * (1 - share * std::min(1.0, radii[i] > 0 ? radius / radii[i] : 1));
    }
};

std::vector<StatoilLink> links_of(const network::Network& parts)
{
    std::vector<StatoilLink> links;
    for (const auto& inlet : parts.inlets) {
        if (inlet.face / 2 != index(Axis::x)) continue;
        links.push_back({.from = inlet.face % 2 == 0 ? inlet_reservoir : outlet_reservoir,
                         .to = static_cast<int>(inlet.pore + 1),
                         .radius = inlet.radius,
                         .area = inlet.area,
                         .halves = {0, inlet.length},
                         .radii = {inlet.radius, parts.pores[inlet.pore].radius}});
    }
    for (const auto& t : parts.throats)
        links.push_back({.from = static_cast<int>(t.a + 1),
                         .to = static_cast<int>(t.b + 1),
                         .radius = t.radius,
                         .area = t.area,
                         .halves = t.lengths,
                         .radii = {parts.pores[t.a].radius, parts.pores[t.b].radius}});
    return links;
}

std::string node1(const MeasuredNetwork& of, const std::vector<StatoilLink>& links)
{
    struct End {
        int pore;
        std::size_t link;
    };
    const auto& parts = of.network.parts;
    std::vector<std::vector<End>> ends(parts.pores.size());
    for (std::size_t i = 0; i < links.size(); ++i)
        for (const auto& [here, there] : {std::pair(links[i].from, links[i].to), std::pair(links[i].to, links[i].from)})
            if (here > 0) ends[here - 1].push_back({there, i + 1});
    const auto& shape = of.network.shape;
    const auto size = of.place({1.0 * shape.nx, 1.0 * shape.ny, 1.0 * shape.nz});
    auto text = fmt::format("{} {} {} {}\n", parts.pores.size(), size[0], size[1], size[2]);
    for (std::size_t i = 0; i < parts.pores.size(); ++i) {
        const auto p = of.place(parts.pores[i].centre);
        text += fmt::format("{} {} {} {} {}", i + 1, p[0], p[1], p[2], ends[i].size());
        for (const auto& end : ends[i]) text += fmt::format(" {}", end.pore);
        for (const int reservoir : {inlet_reservoir, outlet_reservoir})
            text += std::ranges::any_of(ends[i], [&](const End& end) { return end.pore == reservoir; }) ? " 1" : " 0";
        for (const auto& end : ends[i]) text += fmt::format(" {}", end.link);
        text += "\n";
    }
    return text;
}

/// Of a pore's shape no more is known than the sections around it.
std::string node2(const MeasuredNetwork& of, const std::vector<StatoilLink>& links)
{
    const auto& pores = of.network.parts.pores;
    std::vector<double> weighted(pores.size(), 0), areas(pores.size(), 0);
    for (const auto& link : links)
        for (const int pore : {link.from, link.to})
            if (pore > 0) {
                weighted[pore - 1] += link.area * shape_factor(link.radius, link.area);
                areas[pore - 1] += link.area;
            }
    const double m = of.scale();
    std::string text;
    for (std::size_t i = 0; i < pores.size(); ++i)
        text += fmt::format("{} {} {} {} 0\n", i + 1, pores[i].volume * m * m * m, pores[i].radius * m,
                            areas[i] > 0 ? weighted[i] / areas[i] : 0.25 / std::numbers::pi);
    return text;
}

} // namespace

StatoilFiles statoil_files(const MeasuredNetwork& of)
{
    const auto links = links_of(of.network.parts);
    StatoilFiles files{.node1 = node1(of, links), .node2 = node2(of, links), .link1 = fmt::format("{}\n", links.size())};
    const double m = of.scale();
    for (std::size_t i = 0; i < links.size(); ++i) {
        const auto& link = links[i];
        files.link1 += fmt::format("{} {} {} {} {} {}\n", i + 1, link.from, link.to, link.radius * m,
                                   shape_factor(link.radius, link.area), link.length() * m);
        const double first = link.of_pore(0), second = link.of_pore(1);
        files.link2 += fmt::format("{} {} {} {} {} {} 0 0\n", i + 1, link.from, link.to, first * m, second * m,
                                   (link.length() - first - second) * m);
    }
    return files;
}

} // namespace lapilli::results
