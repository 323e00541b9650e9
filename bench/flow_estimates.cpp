// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "flow_estimates.hpp"

#include "image/read.hpp"
#include "solve/remaining_error.hpp"
#include "solve/stokes_solver.hpp"
#include "support/rock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace lapilli::bench {

namespace {

constexpr double exactness = 1e-8;

test::MadeImage read_rock(const parallel::Communicator& comm, const test::Rock& rock, Boundary beyond)
{
    const char* folder = std::getenv("LAPILLI_DATA");
    const Shape shape{rock.edge, rock.edge, rock.edge};
    image::ImageSource source{std::string(folder != nullptr ? folder : "../shared/data") + "/" + rock.kind,
                              {.shape = shape, .type = format::VoxelType::u8}};
    auto read = image::read_image(comm, source, {{0, 1}});
    image::PoreSpace pores(comm, read.shape, std::move(read.bricks), beyond);
    auto connectivity = image::connect(pores);
    return {std::move(pores), std::move(connectivity)};
}

/// What the decay of k alone says after the first iterations of a history.
double decay_after(const solve::FlowHistory& history, std::size_t iterations)
{
    const std::vector<double> so_far(history.conductance.begin(),
                                     history.conductance.begin() + static_cast<std::ptrdiff_t>(iterations) + 1);
    return std::min(solve::remaining_error_of_swinging(so_far), 1e3 * history.residual[iterations]);
}

Estimate compare(const solve::FlowReport& report, double truth, double accuracy)
{
    const auto error_of = [&](double conductance) { return std::abs(conductance / truth - 1); };
    Estimate e{.error = error_of(report.conductance),
               .estimate = report.error.relative,
               .by = std::string(name(report.error.by)),
               .iterations = report.iterations};
    std::size_t k = 0;
    const auto last = static_cast<std::size_t>(report.iterations);
    while (k < last && (decay_after(report.history, k) > accuracy || report.history.residual[k] > 1e-2)) ++k;
    e.error_by_decay = error_of(report.history.conductance[k]);
    e.decay = decay_after(report.history, k);
    e.iterations_by_decay = static_cast<int>(k);
    return e;
}

std::array<Estimate, accuracies.size()> solve_along(const image::PoreSpace& pores, Axis axis)
{
    const auto flow = pores.beyond() == Boundary::sealed ? std::optional(axis) : std::nullopt;
    const solve::StaggeredGrid grid(pores, flow);
    const solve::StokesProblem problem(grid, axis, stokes::Walls::weighted);
    solve::StokesPreconditioner preconditioner(problem);
    const double truth = solve::solve_stokes(problem, preconditioner, {.accuracy = exactness}).conductance;
    std::array<Estimate, accuracies.size()> all;
    for (std::size_t a = 0; a < accuracies.size(); ++a)
        all[a] = compare(solve::solve_stokes(problem, preconditioner, {.accuracy = accuracies[a]}), truth, accuracies[a]);
    return all;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// One row of a table: how errors and estimates compare at accuracies [first, last), and how many iterations `shown` takes.
std::string row(const std::string& name, const std::vector<FlowEstimates>& solves, std::size_t first, std::size_t last,
                std::size_t shown)
{
    std::vector<double> errors, estimates, ratios;
    double largest = 0, largest_before = 0, before = 0, after = 0;
    int most = 0, too_small = 0;
    for (const auto& solve : solves) {
        for (std::size_t a = first; a < last; ++a) {
            const auto& e = solve.at[a];
            ratios.push_back(e.estimate / std::max(e.error, exactness));
            largest = std::max(largest, e.error / e.estimate);
            largest_before = std::max(largest_before, e.error_by_decay / e.decay);
            too_small += e.error_by_decay > e.decay ? 1 : 0;
        }
        const auto& e = solve.at[shown];
        errors.push_back(e.error);
        estimates.push_back(e.estimate);
        before += e.iterations_by_decay;
        after += e.iterations;
        most = std::max(most, e.iterations - e.iterations_by_decay);
    }
    const auto n = static_cast<double>(solves.size());
    return fmt::format("| {} | {} | {:.1e} | {:.1e} | {:.1f} | {:.2f} | {:.2f} ({}) | {:.1f} | {:.1f} | {} |\n", name,
                       solves.size(), median(errors), median(estimates), median(ratios), largest, largest_before, too_small,
                       before / n, after / n, most);
}

} // namespace

std::vector<FlowEstimates> flow_estimates(const parallel::Communicator& comm, const std::string& line)
{
    std::istringstream words(line);
    std::string half, axes, boundary;
    test::Rock rock;
    if (!(words >> half >> rock.kind >> rock.edge >> rock.porosity >> rock.grain >> rock.seed >> axes >> boundary))
        throw input_error("\"{}\" is not a line of half, kind, edge, porosity, grain, seed, axes and boundary", line);
    const auto beyond = boundary == "periodic" ? Boundary::periodic : Boundary::sealed;
    const bool real = rock.kind.ends_with(".raw.gz");
    const auto made = real ? read_rock(comm, rock, beyond) : test::make_rock(comm, rock, beyond);
    std::vector<FlowEstimates> all;
    for (const Axis axis : all_axes) {
        if (axes.find(name(axis)) == std::string::npos || !made.connectivity.percolates(axis)) continue;
        const image::PoreSpace pores(comm, made.pores.shape(),
                                     beyond == Boundary::sealed ? image::trim(made.pores, made.connectivity, axis)
                                                                : image::trim(made.pores, made.connectivity),
                                     beyond);
        const double porosity = static_cast<double>(pores.total_pores()) / static_cast<double>(pores.shape().voxels());
        all.push_back({half, real ? "real rock" : rock.kind,
                       fmt::format("{} {}³ φ {:.3f} grain {:g} seed {} {} {}", rock.kind, rock.edge, porosity, rock.grain,
                                   rock.seed, name(axis), boundary),
                       solve_along(pores, axis)});
    }
    return all;
}

std::string in_words(const FlowEstimates& solve)
{
    std::string words = solve.half + "  " + solve.name;
    for (std::size_t a = 0; a < accuracies.size(); ++a) {
        const auto& e = solve.at[a];
        words += fmt::format("  |  {:.0e}: {:.1e} <= {:.1e} by {}, {} iterations; before {:.1e} {} {:.1e}, {}",
                             accuracies[a], e.error, e.estimate, e.by, e.iterations, e.error_by_decay,
                             e.error_by_decay > e.decay ? ">" : "<=", e.decay, e.iterations_by_decay);
    }
    return words;
}

std::string EstimateTable::markdown() const
{
    std::string text;
    const std::size_t all = accuracies.size(), customary = 1;
    for (const auto& [half, kinds] : solves_) {
        text += fmt::format("\n{}:\n\n| {} | solves | error | estimate | estimate / error | largest error / estimate | "
                            "the same before (too small) | iterations before | after | most added |\n"
                            "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
                            half, half);
        std::vector<FlowEstimates> together;
        for (const auto& [kind, solves] : kinds) {
            text += row(kind, solves, 0, all, customary);
            together.insert(together.end(), solves.begin(), solves.end());
        }
        for (std::size_t a = 0; a < all; ++a)
            text += row(fmt::format("all to {:.0e}", accuracies[a]), together, a, a + 1, a);
    }
    return text;
}

} // namespace lapilli::bench
