// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/ascent.hpp"
#include "geometry/at_pores.hpp"
#include "geometry/basins.hpp"
#include "geometry/distance.hpp"
#include "support/catch.hpp"
#include "support/dense_network.hpp"

using namespace lapilli;
using parallel::Communicator;

namespace {

/// All whole numbers of a graph, one after the other.
test::DenseShape::Field flat(const network::Graph& graph)
{
    test::DenseShape::Field all;
    for (const auto& r : graph.regions) all.insert(all.end(), {r.summit, r.level, r.voxels});
    for (const auto& c : graph.contacts) {
        all.insert(all.end(), {c.a, c.b, c.saddle, c.section.weight, c.section.levels, c.section.roots});
        for (std::size_t k = 0; k < 3; ++k) all.insert(all.end(), {c.steps[k], c.normal[k], c.half_voxels[k]});
    }
    for (const auto& o : graph.openings)
        all.insert(all.end(), {o.region, o.face, o.section.weight, o.section.levels, o.section.roots});
    return all;
}

void check(const Communicator& comm, const test::DenseShape& image)
{
    const auto pores = test::pores_of(comm, image);
    if (!geometry::has_solid(pores)) return;
    const geometry::KnownBricks known(pores, 1);
    const geometry::GhostLayers ghosts(known);
    auto open = std::get<0>(geometry::open_distances(pores, image.weights));
    auto keys = geometry::blurred(pores, open);
    auto distances = geometry::at_pores(pores, std::move(open));
    distances.resize(known.size());
    ghosts.fill(distances);
    const network::Metric metric(image.weights);
    const auto basins = geometry::find_basins(known, ghosts, distances, std::move(keys));
    const auto graph = geometry::graph_of(known, basins, distances, metric);

    geometry::Tiles<std::uint32_t> basin(known.owned());
    for (std::size_t i = 0; i < basin.values().size(); ++i)
        if (const auto piece = basins.piece.values()[i]; piece != 0)
            basin.values()[i] = static_cast<std::uint32_t>(basins.summits[basins.pieces[piece - 1].basin].voxel) + 1;
    INFO(image.shape.nx << " x " << image.shape.ny << " x " << image.shape.nz << ", periodic " << image.periodic);
    CHECK(test::dense(pores, basin) == test::once(comm, [&] {
              auto summit = test::DenseNetwork(image).summit;
              for (auto& voxel : summit) ++voxel;
              return summit;
          }));
    CHECK(test::once(comm, [&] { return flat(graph); }) ==
          test::once(comm, [&] { return flat(test::DenseNetwork(image).graph(metric)); }));
}

} // namespace

TEST_CASE("basins and where they touch are those of the definition, on any image and any number of ranks", "[seven]")
{
    const auto comm = Communicator::world();
    test::for_each_random_shape(60, [&](const test::DenseShape& image) { check(comm, image); });
}

TEST_CASE("plateaus of a periodic image have one summit, and a pore may touch itself", "[seven]")
{
    const auto comm = Communicator::world();
    for (const std::int64_t n : {1, 2, 3, 16, 17, 33}) { // slits, which are the same everywhere along x and y
        test::DenseShape image{.shape = {9, 2, n}, .periodic = true};
        for (std::int64_t i = 0; i < image.size(); ++i) image.pore.push_back(image.place(i)[2] > 2);
        check(comm, image);
    }
}
