// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/cubes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::property {

namespace {

using Values = std::array<double, 3>; ///< along x, y, z; 0: it does not percolate

/// The cubes of one size at work.
class Cubes {
public:
    Cubes(Run& run, const image::PoreSpace& pores, const GridProperty& property, std::span<const image::Block> cubes)
        : run_(run), pores_(pores), property_(property), cubes_(cubes)
    {
    }

    std::optional<Values> recall(std::size_t cube) const;
    /// Cube i of these on rank i.
    std::vector<Values> solve(std::span<const std::size_t> some);
    void finish(std::size_t cube, const Values& values) const;

private:
    std::string name(std::size_t cube) const
    {
        return fmt::format("{} of cube {} of {}, {} voxels wide", property_.name, cube + 1, cubes_.size(),
                           cubes_[cube].bricks * brick::edge);
    }
    Step step(std::size_t cube, Axis axis) const { return {run_.memory, {name(cube), axis}}; }
    image::BrickSet bricks_for_me(std::span<const std::size_t> some) const;

    Run& run_;
    const image::PoreSpace& pores_;
    const GridProperty& property_;
    std::span<const image::Block> cubes_;
};

std::optional<Values> Cubes::recall(std::size_t cube) const
{
    Values values{};
    for (const Axis axis : all_axes) {
        const auto known = step(cube, axis).recall();
        if (!known) return std::nullopt;
        values[index(axis)] = known->at("value").get<double>();
    }
    return values;
}

void Cubes::finish(std::size_t cube, const Values& values) const
{
    for (const Axis axis : all_axes) step(cube, axis).finish({{"value", values[index(axis)]}});
}

image::BrickSet Cubes::bricks_for_me(std::span<const std::size_t> some) const
{
    std::vector<std::vector<std::uint64_t>> codes(pores_.comm().size());
    std::vector<std::vector<brick::Mask>> masks(pores_.comm().size());
    for (std::size_t rank = 0; rank < some.size(); ++rank) {
        auto own = image::cut_out(pores_, cubes_[some[rank]]);
        codes[rank] = std::move(own.codes);
        masks[rank] = std::move(own.masks);
    }
    image::BrickSet mine;
    for (const auto& from : pores_.comm().exchange_all(codes)) mine.codes.insert(mine.codes.end(), from.begin(), from.end());
    for (const auto& from : pores_.comm().exchange_all(masks)) mine.masks.insert(mine.masks.end(), from.begin(), from.end());
    return mine;
}

std::vector<Values> Cubes::solve(std::span<const std::size_t> some)
{
    const auto& comm = pores_.comm();
    auto bricks = bricks_for_me(some);
    std::vector<Values> mine;
    comm.together([&] {
        const std::size_t rank = comm.rank();
        if (rank >= some.size()) return;
        const auto cube = some[rank];
        const image::PoreSpace alone(parallel::Communicator::self(), cubes_[cube].shape(), std::move(bricks),
                                     Boundary::sealed, pores_.edges());
        Run own{.progress = run_.progress, .solves = name(cube)};
        const auto found = property_.solve(own, alone);
        auto& values = mine.emplace_back();
        for (const Axis axis : all_axes) values[index(axis)] = found.axes[axis] ? found.axes[axis]->value : 0;
    });
    return comm.gather_all(std::span<const Values>(mine));
}

} // namespace

BlockValues solve_cubes(Run& run, const image::PoreSpace& pores, const GridProperty& property,
                        std::span<const image::Block> cubes)
{
    Cubes at_work(run, pores, property, cubes);
    std::vector<std::optional<Values>> values(cubes.size());
    std::vector<std::size_t> waiting;
    for (std::size_t cube = 0; cube < cubes.size(); ++cube) {
        values[cube] = at_work.recall(cube);
        if (!values[cube]) waiting.push_back(cube);
    }
    const std::size_t ranks = pores.comm().size();
    for (std::size_t first = 0; first < waiting.size(); first += ranks) {
        const auto some = std::span(waiting).subspan(first, std::min(ranks, waiting.size() - first));
        if (run.memory != nullptr) run.memory->before_restart_points();
        const auto found = at_work.solve(some);
        for (std::size_t i = 0; i < some.size(); ++i) {
            values[some[i]] = found[i];
            at_work.finish(some[i], found[i]);
        }
    }
    BlockValues all{.edge_voxels = cubes.empty() ? 0 : cubes.front().bricks * brick::edge};
    for (const auto& of_cube : values)
        for (const Axis axis : all_axes) all.values[axis].push_back((*of_cube)[index(axis)]);
    return all;
}

} // namespace lapilli::property
