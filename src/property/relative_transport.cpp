// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/relative_transport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace lapilli::property {

namespace {

using Relative = Drainage::Curve::Relative;

/// One of the properties, along the axes.
class Solves {
public:
    template <class Options>
    Solves(Run& run, const image::PoreSpace& pores, bool from_upper, const std::optional<Options>& options,
           PerAxis<std::optional<double>> dry)
        : run_(run), pores_(pores), from_upper_(from_upper), dry_(dry)
    {
        if (!options) return;
        for (const Axis axis : all_axes) {
            auto own = *options;
            own.axes = {axis};
            along_[axis] = grid_property(own);
        }
    }

    /// Of one fluid, over that of all pores. @param where  "the wetting fluid at radius 2"
    std::optional<double> relative(Axis axis, const image::BrickSet& fluid, const std::string& where)
    {
        if (!along_[axis]) return std::nullopt;
        if (!dry_[axis]) dry_[axis] = solve(axis, pores_, "all pores");
        if (*dry_[axis] == 0) return 0;
        return solve(axis, image::PoreSpace(pores_, fluid), where) / *dry_[axis];
    }

private:
    double solve(Axis axis, const image::PoreSpace& part, const std::string& where)
    {
        const auto& property = *along_[axis];
        Run own{.memory = run_.memory,
                .progress = run_.progress,
                .solves = fmt::format("{} of {} in drainage along {} from the {} face", property.name, where, name(axis),
                                      from_upper_ ? "upper" : "lower")};
        const auto found = property.solve(own, part, property.accuracy);
        std::ranges::move(own.solve_times, std::back_inserter(run_.solve_times));
        return found.axes[axis] ? found.axes[axis]->value : 0;
    }

    Run& run_;
    const image::PoreSpace& pores_;
    bool from_upper_;
    PerAxis<std::optional<double>> dry_;
    PerAxis<std::optional<GridProperty>> along_{};
};

} // namespace

Drainage measure_relative_transport(Run& run, const image::PoreSpace& pores, const morphology::Weights& weights,
                                    DrainageOptions drainage, const RelativeOptions& options)
{
    Solves diffusivity(run, pores, drainage.from_upper, options.diffusivity, options.dry_diffusivity),
        permeability(run, pores, drainage.from_upper, options.permeability, options.dry_permeability);
    PerAxis<std::vector<Relative>> relative;
    drainage.stages = options.stages;
    drainage.at_stage = [&](const FluidStage& stage) {
        const auto at = fmt::format("fluid at radius {:.6g}", stage.radius);
        const auto in = "the non-wetting " + at, rest = "the wetting " + at;
        relative[stage.axis].push_back(
            {stage.radius, stage.saturation, diffusivity.relative(stage.axis, stage.non_wetting, in),
             diffusivity.relative(stage.axis, stage.wetting, rest), permeability.relative(stage.axis, stage.non_wetting, in),
             permeability.relative(stage.axis, stage.wetting, rest)});
    };
    auto found = measure_drainage(pores, weights, drainage);
    for (const Axis axis : all_axes)
        if (found.axes[axis]) found.axes[axis]->relative = std::move(relative[axis]);
    return found;
}

} // namespace lapilli::property
