// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/sizes.hpp"

#include "core/error.hpp"
#include "image/complement.hpp"
#include "study/plan.hpp"
#include "study/warnings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lapilli::study {

namespace {

void warn_once(Result& result, const std::string& sentence)
{
    if (std::ranges::find(result.warnings, sentence) == result.warnings.end()) result.warnings.push_back(sentence);
}

field::Field length(const std::string& name, const std::string& what)
{
    return {
        .name = name, .unit = "voxel", .description = fmt::format("{}, in shortest edges of a voxel; 0 elsewhere", what)};
}

} // namespace

Sizes::Sizes(const image::PoreSpace& pores, const Options& options, Result& result)
    : pores_(pores), options_(options), result_(result), weights_(property::weights_of(pores.edges()))
{
    const auto& wanted = options.properties;
    if (!wanted.pore_size && !wanted.drainage && !wanted.network) return;
    pore_size_ = wanted.pore_size &&
                 possible(options.sizes_of == property::Part::pores ? "pore sizes" : "grain sizes", options.sizes_of);
    drainage_ = wanted.drainage && possible("drainage", property::Part::pores);
    network_ = wanted.network && possible("pore network", property::Part::pores);
    const bool all = pore_size_ && options.sizes_of == property::Part::solid;
    const std::int64_t bricks =
        all ? property::bricks_of(pores.shape()) / pores.comm().size() : pores.open().owned_bricks().size();
    if (pore_size_ || drainage_ || network_) require_memory_for_sizes(pores.comm(), options, bricks, drainage_ || network_);
}

bool Sizes::possible(const char* what, property::Part part) const
{
    const bool pores = pores_.total_pores() > 0, solid = pores_.open().total_pores() < pores_.shape().voxels();
    if (!weights_) {
        pores_.comm().together([&] {
            if (!options_.solves()) throw input_error("{}", why_no_distances());
        });
        warn_once(result_, why_no_distances());
        return false;
    }
    if (pores && solid) return true;
    warn_once(result_, why_no_sizes(what, part == property::Part::pores ? !pores : !solid, part));
    return false;
}

std::vector<field::Field> Sizes::fields() const
{
    std::vector<field::Field> fields;
    if (pore_size_) {
        const auto of = fmt::format("of the {}", name(options_.sizes_of));
        fields.push_back(
            length(property::distance_field, fmt::format("distance from each voxel {} to the closest other", of)));
        fields.push_back(
            length(property::thickness_field, fmt::format("radius of the largest ball that covers each voxel {}", of)));
    }
    const auto invaded = [&](std::optional<Axis> axis, const std::string& from) {
        fields.push_back(length(property::invaded_radius_field(axis),
                                fmt::format("radius of the interface at which drainage from {} fills each pore", from)));
    };
    const auto from = options_.drained_from();
    if (drainage_ && !from.empty()) invaded(std::nullopt, fmt::format("the faces {}", name(from)));
    if (drainage_ && from.empty())
        for (const Axis axis : options_.axes)
            invaded(axis, fmt::format("the {} face of axis {}", options_.from_upper ? "upper" : "lower", name(axis)));
    if (network_)
        fields.push_back({.name = property::region_field,
                          .unit = "1",
                          .description = "which pore of the network a voxel belongs to, from 1 on; 0 where there is none"});
    return fields;
}

bool Sizes::pore_size(property::Run& run, const property::TakeLengths& take_field)
{
    if (!pore_size_) return false;
    run.watch.start("pore_size");
    std::optional<image::PoreSpace> solid;
    if (options_.sizes_of == property::Part::solid) {
        solid.emplace(pores_, image::complement(pores_.open()));
        solid->leave_out(image::outside_of(pores_));
    }
    result_.pore_size = property::measure_pore_size(solid ? *solid : pores_, *weights_, options_.convention, take_field);
    result_.pore_size->of = options_.sizes_of;
    result_.pore_size->solid_fraction = 1 - result_.percolation->porosity();
    return true;
}

bool Sizes::drainage(property::Run& run, const property::TakeLengths& take_field, const property::RelativeOptions& relative)
{
    if (!drainage_) return false;
    run.watch.start("drainage");
    result_.fluids = options_.drained_by();
    result_.drainage = property::measure_relative_transport(run, pores_, *weights_,
                                                            {.axes = options_.axes,
                                                             .from_upper = options_.from_upper,
                                                             .from = options_.drained_from(),
                                                             .to = options_.to,
                                                             .take_field = take_field},
                                                            relative);
    return true;
}

bool Sizes::network(property::Run& run, const image::Connectivity& connectivity, const property::TakeRegions& take_regions)
{
    if (!network_) return false;
    run.watch.start("network");
    result_.network = property::measure_network(
        pores_, connectivity, *weights_,
        {.alpha = options_.alpha, .sample_share = result_.sample_share(), .take_regions = take_regions});
    return true;
}

} // namespace lapilli::study
