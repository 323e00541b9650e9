// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/drainage.hpp"

#include "geometry/access.hpp"
#include "geometry/distance.hpp"
#include "geometry/painting.hpp"
#include "property/size_histogram.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lapilli::property {

namespace {

using geometry::GhostLayers;
using geometry::KnownBricks;
using geometry::Tiles;
using geometry::Voxels;

/// One image and its squared distances, drained in several ways.
template <class Level>
class Drained {
public:
    Drained(const image::PoreSpace& pores, const Tiles<Level>& distances, const morphology::Weights& weights,
            const TakeLengths& take_field)
        : pores_(pores), distances_(distances), weights_(weights), take_field_(take_field), known_(pores, 1), ghosts_(known_)
    {
    }

    Drainage::Curve along(Axis axis, bool from_upper) const
    {
        const auto outlet = pores_in_face(known_, axis, !from_upper);
        return curve(pores_in_face(known_, axis, from_upper), &outlet, axis);
    }
    Drainage::Curve from_all_faces() const
    {
        Voxels seeds;
        for (const Axis axis : all_axes)
            for (const bool upper : {false, true}) {
                const auto face = pores_in_face(known_, axis, upper);
                seeds.insert(seeds.end(), face.begin(), face.end());
            }
        return curve(seeds, nullptr, std::nullopt);
    }

private:
    Drainage::Curve curve(const Voxels& inlet, const Voxels* outlet, std::optional<Axis> closed) const;
    Level widest(const Tiles<Level>& access, const Voxels& voxels) const;
    Tiles<Level> escape(const Tiles<Level>& invaded, const Voxels& outlet, std::optional<Axis> closed) const;

    const image::PoreSpace& pores_;
    const Tiles<Level>& distances_;
    morphology::Weights weights_;
    const TakeLengths& take_field_;
    KnownBricks known_;
    GhostLayers ghosts_;
};

template <class Level>
Level Drained<Level>::widest(const Tiles<Level>& access, const Voxels& voxels) const
{
    Level level = 0;
    for (const auto voxel : voxels) level = std::max(level, access.values()[voxel]);
    return pores_.comm().max(std::int64_t{level});
}

/// W(x), the largest radius on the way out that has the smallest one: until the interface has become as narrow, the wetting
/// fluid can leave x. What the fluid in `invaded` never reaches counts as radius 0; one more than the largest: there is no
/// way.
template <class Level>
Tiles<Level> Drained<Level>::escape(const Tiles<Level>& invaded, const Voxels& outlet, std::optional<Axis> closed) const
{
    const auto& values = invaded.values();
    const Level own = values.empty() ? Level{0} : *std::max_element(values.begin(), values.end());
    const Level beyond = pores_.comm().max(std::int64_t{own}) + 1;
    Tiles<Level> open(invaded.bricks());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (distances_.values()[i] > 0) open.values()[i] = beyond - values[i];
    auto way_out = widest_access(known_, ghosts_, std::move(open), outlet, closed);
    for (auto& level : way_out.values()) level = beyond - level;
    return way_out;
}

template <class Level>
Drainage::Curve Drained<Level>::curve(const Voxels& inlet, const Voxels* outlet, std::optional<Axis> closed) const
{
    Drainage::Curve curve{.voxels = pores_.total_pores()};
    auto access = widest_access(known_, ghosts_, distances_, inlet, closed);
    if (outlet != nullptr) curve.breakthrough = length_of(widest(access, *outlet), weights_);
    const auto invaded = paint_balls(known_, ghosts_, std::move(access), weights_);
    if (take_field_) take_field_(invaded_radius_field(closed), pores_, lengths_at_pores(pores_, invaded, weights_));
    const auto all = histogram(pores_, invaded);
    auto escaped = all;
    if (outlet != nullptr) {
        const auto out = escape(invaded, *outlet, closed);
        escaped = histogram(pores_, invaded, [&](std::size_t i) { return out.values()[i] <= invaded.values()[i]; });
    }
    Drainage::Point point;
    for (auto level = std::ssize(all) - 1; level > 0; --level) {
        if (all[level] == 0) continue;
        point.radius = length_of(1.0 * level, weights_);
        point.invaded += all[level];
        point.escaped += escaped[level];
        curve.points.push_back(point);
    }
    return curve;
}

} // namespace

double Fluids::pressure_pa(double radius_m) const
{
    return 2 * tension_n_per_m * std::abs(std::cos(angle_degrees * std::numbers::pi / 180)) / radius_m;
}

std::vector<Fluids> Fluids::known()
{
    return {{"mercury-air", 0.485, 140}, {"oil-water", 0.03, 0}, {"air-water", 0.072, 0}};
}

std::string invaded_radius_field(std::optional<Axis> axis)
{
    return axis ? fmt::format("invaded_radius_{}", name(*axis)) : "invaded_radius_all";
}

std::optional<double> Drainage::Curve::saturation_at_breakthrough() const
{
    if (!breakthrough) return std::nullopt;
    std::int64_t filled = 0;
    for (const auto& point : points)
        if (*breakthrough > 0 && point.radius >= *breakthrough) filled = point.invaded;
    return saturation(filled);
}

Drainage measure_drainage(const image::PoreSpace& pores, const morphology::Weights& weights, const DrainageOptions& options)
{
    Drainage drainage{.boundary = pores.beyond(), .from_upper = options.from_upper};
    const auto distances = geometry::squared_distances(pores, weights);
    std::visit(
        [&]<class Level>(const Tiles<Level>& tiles) {
            const Drained<Level> drained(pores, tiles, weights, options.take_field);
            if (options.mercury)
                drainage.mercury = drained.from_all_faces();
            else
                for (const Axis axis : options.axes) drainage.axes[axis] = drained.along(axis, options.from_upper);
        },
        distances);
    return drainage;
}

} // namespace lapilli::property
