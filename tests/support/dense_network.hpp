// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Basins and where they touch, by definition: on one rank, without bricks.
#pragma once

#include "network/graph.hpp"
#include "support/dense_shape.hpp"

#include <map>
#include <tuple>

namespace lapilli::test {

struct DenseNetwork {
    const DenseShape& image;
    DenseShape::Field distances = image.distances();
    DenseShape::Field keys = blurred();
    DenseShape::Field summit = DenseShape::Field(image.size(), -1);
    std::vector<network::ImageSteps> steps = std::vector<network::ImageSteps>(summit.size());

    explicit DenseNetwork(const DenseShape& of) : image(of)
    {
        for (std::int64_t i = 0; i < image.size(); ++i) climb(i);
    }

    /// Beside a voxel: which one, and in which repetition; nothing beyond a sealed image.
    struct Beside {
        std::int64_t voxel = -1;
        network::ImageSteps steps{};
    };
    Beside beside(std::int64_t i, const std::array<std::int64_t, 3>& step, bool mirrored = false) const
    {
        auto p = image.place(i);
        Beside there;
        for (std::size_t k = 0; k < 3; ++k) {
            const auto n = image.shape.along(all_axes[k]);
            p[k] += step[k];
            if (p[k] >= 0 && p[k] < n) continue;
            if (image.periodic) {
                there.steps[k] = p[k] < 0 ? -1 : 1;
                p[k] += p[k] < 0 ? n : -n;
            } else if (mirrored)
                p[k] -= step[k];
            else
                return there;
        }
        there.voxel = (p[2] * image.shape.ny + p[1]) * image.shape.nx + p[0];
        return there;
    }
    template <class Visit>
    static void for_each_step(Visit&& visit)
    {
        for (std::int64_t c = -1; c <= 1; ++c)
            for (std::int64_t b = -1; b <= 1; ++b)
                for (std::int64_t a = -1; a <= 1; ++a) visit(std::array{a, b, c});
    }
    DenseShape::Field blurred() const
    {
        DenseShape::Field sums(image.size(), 0);
        const auto open = image.open_distances();
        for (std::int64_t i = 0; i < image.size(); ++i)
            for_each_step([&](const auto& step) {
                const auto zeros = (step[0] == 0) + (step[1] == 0) + (step[2] == 0);
                sums[i] += (1 << zeros) * open[beside(i, step, true).voxel];
            });
        return sums;
    }
    void climb(std::int64_t i)
    {
        if (image.pore[i] == 0) return;
        auto at = i;
        for (;;) {
            Beside best{at, {}};
            for_each_step([&](const auto& step) {
                const auto there = beside(at, step);
                if (there.voxel < 0 || image.pore[there.voxel] == 0) return;
                const auto rank = [&](const Beside& b) { // among equals the lowest number, seen inside if it is there twice
                    const auto crossed = std::abs(b.steps[0]) + std::abs(b.steps[1]) + std::abs(b.steps[2]);
                    return std::tuple(-keys[b.voxel], b.voxel, crossed);
                };
                if (rank(there) < rank(best)) best = there;
            });
            if (best.voxel == at) break;
            for (std::size_t k = 0; k < 3; ++k) steps[i][k] += best.steps[k];
            at = best.voxel;
        }
        summit[i] = at;
    }

    /// As geometry::graph_of().
    network::Graph graph(const network::Metric& metric) const
    {
        network::Graph g;
        std::map<std::int64_t, std::uint32_t> number;
        for (std::int64_t i = 0; i < image.size(); ++i)
            if (summit[i] == i) number.emplace(i, static_cast<std::uint32_t>(number.size()));
        for (const auto& [voxel, n] : number)
            g.regions.push_back({voxel, distances[voxel], std::count(summit.begin(), summit.end(), voxel)});
        for (std::int64_t i = 0; i < image.size(); ++i)
            for (std::size_t k = 0; summit[i] >= 0 && k < 3; ++k) {
                std::array<std::int64_t, 3> step{};
                step[k] = 1;
                const auto there = beside(i, step);
                if (there.voxel >= 0 && summit[there.voxel] >= 0) add_face(g, number, i, there, k, metric);
                const auto at = image.place(i)[k];
                for (const int upper : {0, 1})
                    if (!image.periodic && at == (upper == 1 ? image.shape.along(all_axes[k]) - 1 : 0)) {
                        g.openings.push_back({number[summit[i]], static_cast<int>(2 * k) + upper});
                        g.openings.back().section.add(distances[i], 1);
                    }
            }
        network::combine(g.contacts);
        network::combine(g.openings);
        return g;
    }
    void add_face(network::Graph& g, const std::map<std::int64_t, std::uint32_t>& number, std::int64_t i,
                  const Beside& there, std::size_t k, const network::Metric& metric) const
    {
        network::Contact c{.a = number.at(summit[i]), .b = number.at(summit[there.voxel])};
        const auto p = image.place(i);
        const auto weight = metric.face_weight[k];
        for (std::size_t n = 0; n < 3; ++n) {
            c.steps[n] = there.steps[n] + steps[there.voxel][n] - steps[i][n];
            const auto from_summit = p[n] - image.shape.along(all_axes[n]) * steps[i][n];
            c.half_voxels[n] = weight * (2 * from_summit + (n == k ? 1 : 0));
        }
        if (c.a == c.b && c.steps == network::ImageSteps{}) return;
        c.normal[k] = 1;
        c.saddle = std::min(distances[i], distances[there.voxel]);
        c.section.add(c.saddle, weight);
        network::orient(c, image.shape);
        g.contacts.push_back(c);
    }
};

} // namespace lapilli::test
