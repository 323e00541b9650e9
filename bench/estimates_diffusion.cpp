// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Tries the estimate of the solver's error of diffusion on generated images, on one rank.
#include "image/generate.hpp"
#include "parallel/session.hpp"
#include "solve/conjugate_gradients.hpp"
#include "solve/remaining_error.hpp"
#include "support/made_image.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <map>

namespace {

using namespace lapilli;

constexpr std::array accuracies{1e-2, 1e-3, 1e-4, 1e-5, 1e-6};

struct Image {
    std::string kind;
    Shape shape;
    std::vector<std::uint8_t> phase;
    std::vector<double> conductivity{1.0};
};

/// Phases from labels: 0 is the first, all else the second, or solid where there is but one.
Image generated(std::string kind, const image::Recipe& recipe, std::vector<double> conductivity)
{
    auto made = image::generate(parallel::Communicator::self(), recipe);
    for (auto& v : made.labels) v = v == 0 ? 1 : conductivity.size() > 1 ? 2 : 0;
    return {std::move(kind), made.shape, std::move(made.labels), std::move(conductivity)};
}

/// Tubes of 1, 2, 4, ... voxels, every other of them narrow near its end, joined by a thin gap across their middle.
Image tubes(std::int64_t n)
{
    Image image{.kind = "tubes of unequal width", .shape = {n, n, n}};
    image.phase.assign(static_cast<std::size_t>(image.shape.voxels()), 0);
    const auto fill = [&](std::int64_t x, std::int64_t y, std::int64_t z) {
        image.phase[static_cast<std::size_t>((z * n + y) * n + x)] = 1;
    };
    bool narrows = true;
    for (std::int64_t width = 1, y0 = 1; y0 + width < n; y0 += width + 2, width *= 2, narrows = !narrows)
        for (std::int64_t z = 0; z < n; ++z) {
            const std::int64_t open = narrows && z > 3 * n / 4 ? 1 : width;
            for (std::int64_t y = y0; y < y0 + open; ++y)
                for (std::int64_t x = 1; x <= open; ++x) fill(x, y, z);
        }
    for (std::int64_t y = 1; y < n - 1; ++y) fill(1, y, n / 2);
    return image;
}

/// @param n  edge of the images; of those of several phases two thirds
std::vector<Image> images(std::int64_t n)
{
    std::vector<Image> all;
    const Shape shape{n, n, n};
    for (const double porosity : {0.16, 0.2, 0.3})
        all.push_back(generated("blobs", synthetic::Blobs{shape, porosity, 4, 1}, {1.0}));
    for (const double porosity : {0.05, 0.07, 0.12})
        all.push_back(generated("overlapping spheres", synthetic::RandomSpheres{shape, porosity, 6, 2, false}, {1.0}));
    for (const double porosity : {0.32, 0.36, 0.5})
        all.push_back(generated("overlapping pores", synthetic::RandomSpheres{shape, porosity, 5, 3, true}, {1.0}));
    all.push_back(tubes(n));
    for (const double contrast : {1e-2, 1e-4, 1e-6, 1e-8})
        for (const double porosity : {0.1, 0.15, 0.5})
            all.push_back(generated(fmt::format("blobs, contrast {:.0e}", contrast),
                                    synthetic::Blobs{{n * 2 / 3, n * 2 / 3, n * 2 / 3}, porosity, 2.5, 4}, {1.0, contrast}));
    return all;
}

/// All solves of one kind of image.
struct Kind {
    int solves = 0, below = 0, most = 0, before = 0;
    std::vector<double> ratios;    ///< of the estimate to the true error, where that is above rounding
    std::map<std::string, int> by; ///< who decided
    std::array<int, 3> more{};     ///< solves to 1e-4 with as many iterations as by the decay alone, one more, more
};

int iterations_by_decay(const std::vector<double>& history, double accuracy)
{
    for (std::size_t n = 1; n <= history.size(); ++n)
        if (solve::remaining_error({history.begin(), history.begin() + static_cast<std::ptrdiff_t>(n)}) <= accuracy)
            return static_cast<int>(n) - 1;
    return static_cast<int>(history.size()) - 1;
}

void try_axis(const image::PoreSpace& pores, Axis axis, const std::vector<double>& conductivity, Kind& kind)
{
    const solve::LaplaceProblem problem(pores, axis, conductivity);
    solve::Multigrid<solve::LaplaceProblem> multigrid(problem, {.strength = conductivity.size() > 1 ? 0.1F : 0.0F});
    const auto truth = solve::conjugate_gradients(problem, &multigrid, {.accuracy = 1e-10});
    if (truth.iterations == 0) return; // straight channels: nothing to solve
    for (const double accuracy : accuracies) {
        const auto found = solve::conjugate_gradients(problem, &multigrid, {.accuracy = accuracy});
        const double error = std::abs(found.energy / truth.energy - 1);
        ++kind.solves;
        ++kind.by[std::string(solve::name(found.error_estimate_by))];
        if (error > found.error_estimate + truth.error_estimate || !found.converged) ++kind.below;
        if (error > 1e-9) kind.ratios.push_back(found.error_estimate / error);
        if (accuracy != 1e-4) continue;
        const int before = iterations_by_decay(truth.energy_history, accuracy);
        kind.most = std::max(kind.most, found.iterations);
        kind.before = std::max(kind.before, before);
        ++kind.more[static_cast<std::size_t>(std::clamp(found.iterations - before, 0, 2))];
    }
}

void print(const std::map<std::string, Kind>& kinds)
{
    std::cout << "| images | solves | estimate below error | estimate / error: least, median, most | iterations at 1e-4, "
                 "at most (by the decay alone) | one more, more | decided by |\n|---|---:|---:|---:|---:|---:|---|\n";
    for (const auto& [name, kind] : kinds) {
        auto ratios = kind.ratios;
        std::sort(ratios.begin(), ratios.end());
        std::string by;
        for (const auto& [witness, count] : kind.by) by += fmt::format("{}{} {}", by.empty() ? "" : ", ", witness, count);
        if (ratios.empty()) continue;
        std::cout << fmt::format("| {} | {} | {} | {:.2f}, {:.2f}, {:.1f} | {} ({}) | {}, {} | {} |\n", name, kind.solves,
                                 kind.below, ratios.front(), ratios[ratios.size() / 2], ratios.back(), kind.most,
                                 kind.before, kind.more[1], kind.more[2], by);
    }
}

} // namespace

int main(int argc, char** argv)
{
    parallel::Session session(argc, argv);
    const std::int64_t edge = argc > 1 ? std::max(24, std::atoi(argv[1])) : 96;
    std::map<std::string, Kind> kinds;
    const auto self = parallel::Communicator::self();
    for (const auto& image : images(edge))
        for (const auto beyond : {Boundary::sealed, Boundary::periodic}) {
            const auto& shape = image.shape;
            const image::PoreSpace pores(
                self, shape,
                test::make_bricks(self, shape,
                                  [&](auto x, auto y, auto z) {
                                      return image.phase[static_cast<std::size_t>((z * shape.ny + y) * shape.nx + x)];
                                  }),
                beyond);
            const auto connectivity = image::connect(pores);
            for (const Axis axis : all_axes) {
                if (!connectivity.percolates(axis)) continue;
                auto part =
                    beyond == Boundary::sealed ? image::trim(pores, connectivity, axis) : image::trim(pores, connectivity);
                try_axis({self, shape, std::move(part), beyond}, axis, image.conductivity,
                         kinds[fmt::format("{}, {}", image.kind, name(beyond))]);
            }
        }
    print(kinds);
}
