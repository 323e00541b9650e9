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
            const DrainageOptions& options)
        : pores_(pores), distances_(distances), weights_(weights), options_(options), known_(pores, 1), ghosts_(known_)
    {
    }

    Drainage::Curve along(Axis axis, bool from_upper) const
    {
        const auto outlet = pores_in_face(known_, axis, !from_upper);
        return curve(pores_in_face(known_, axis, from_upper), &outlet, axis);
    }
    Drainage::Curve between(const ImageFaces& from, const ImageFaces& to) const
    {
        const auto outlet = pores_in(to);
        return curve(pores_in(from), to.empty() ? nullptr : &outlet, std::nullopt);
    }

private:
    Voxels pores_in(const ImageFaces& faces) const
    {
        Voxels voxels;
        for (const auto& [axis, upper] : faces) {
            const auto face = pores_in_face(known_, axis, upper);
            voxels.insert(voxels.end(), face.begin(), face.end());
        }
        return voxels;
    }
    Drainage::Curve curve(const Voxels& inlet, const Voxels* outlet, std::optional<Axis> closed) const;
    Level widest(const Tiles<Level>& access, const Voxels& voxels) const;
    Tiles<Level> escape(const Tiles<Level>& invaded, const Voxels& outlet, std::optional<Axis> closed) const;
    std::vector<std::pair<Level, double>> stages(const std::vector<std::int64_t>& filled) const;
    template <class Leaves>
    void show(const Tiles<Level>& invaded, Leaves&& leaves, Axis axis, Level level, double saturation) const;

    const image::PoreSpace& pores_;
    const Tiles<Level>& distances_;
    morphology::Weights weights_;
    const DrainageOptions& options_;
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
    Tiles<Level> open(known_.size() + 1);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (distances_.values()[i] > 0) open.values()[i] = beyond - values[i];
    auto way_out = widest_access(known_, ghosts_, std::move(open), outlet, closed);
    for (auto& level : way_out.values()) level = beyond - level;
    return way_out;
}

/// The levels, falling, whose saturations are closest to those that somebody wants to look at: evenly spread over all that
/// are reached.
/// @param filled  voxels by the level at which they fill
template <class Level>
std::vector<std::pair<Level, double>> Drained<Level>::stages(const std::vector<std::int64_t>& filled) const
{
    std::vector<std::pair<Level, double>> all, chosen;
    std::int64_t sum = 0;
    for (auto level = std::ssize(filled) - 1; level > 0; --level)
        if (filled[level] > 0) all.emplace_back(level, 1.0 * (sum += filled[level]) / pores_.total_pores());
    for (int i = 1; i <= options_.stages && !all.empty(); ++i) {
        const double wanted = all.back().second * i / (options_.stages + 1);
        const auto closest = *std::ranges::min_element(all, {}, [&](const auto& s) { return std::abs(s.second - wanted); });
        if (chosen.empty() || chosen.back().first != closest.first) chosen.push_back(closest);
    }
    return chosen;
}

template <class Level>
template <class Leaves>
void Drained<Level>::show(const Tiles<Level>& invaded, Leaves&& leaves, Axis axis, Level level, double saturation) const
{
    FluidStage stage{.axis = axis, .radius = length_of(1.0 * level, weights_), .saturation = saturation};
    for (std::int32_t b = 0; b < known_.owned(); ++b) {
        const auto& brick = pores_.owned_bricks()[b];
        brick::Mask in, rest;
        brick::for_each_pore(brick, [&](int row, int x, int) {
            const auto voxel = b * geometry::tile_voxels + row * brick::edge + x;
            const bool filled = invaded.values()[voxel] >= level && leaves(voxel);
            (filled ? in : rest).row[row] |= 1U << x;
        });
        stage.non_wetting.codes.push_back(brick.code);
        stage.non_wetting.masks.push_back(in);
        stage.wetting.codes.push_back(brick.code);
        stage.wetting.masks.push_back(rest);
    }
    options_.at_stage(stage);
}

template <class Level>
Drainage::Curve Drained<Level>::curve(const Voxels& inlet, const Voxels* outlet, std::optional<Axis> closed) const
{
    Drainage::Curve curve{.voxels = pores_.total_pores()};
    auto access = widest_access(known_, ghosts_, Tiles<Level>(distances_, known_.size() + 1), inlet, closed);
    if (outlet != nullptr) curve.breakthrough = length_of(widest(access, *outlet), weights_);
    const auto invaded = paint_balls(known_, ghosts_, std::move(access), weights_);
    if (options_.take_field)
        options_.take_field(invaded_radius_field(closed), pores_, lengths_at_pores(pores_, invaded, weights_));
    const auto all = histogram(pores_, invaded);
    auto escaped = all;
    if (outlet != nullptr) {
        const auto out = escape(invaded, *outlet, closed);
        const auto leaves = [&](std::size_t i) { return out.values()[i] <= invaded.values()[i]; };
        escaped = histogram(pores_, invaded, leaves);
        if (closed)
            for (const auto& [level, saturation] : stages(escaped)) show(invaded, leaves, *closed, level, saturation);
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
    return fmt::format("invaded_radius_{}", axis ? std::string(1, name(*axis)) : "all");
}

std::optional<double> Drainage::Curve::saturation_at_breakthrough() const
{
    if (!breakthrough) return std::nullopt;
    std::int64_t filled = 0;
    for (const auto& point : points)
        if (*breakthrough > 0 && point.radius >= *breakthrough) filled = point.invaded;
    return saturation(filled);
}

std::optional<double> Drainage::Curve::mean_flow_radius() const
{
    constexpr double half = 0.5;
    for (std::size_t i = 1; i < relative.size(); ++i) {
        const auto &wide = relative[i - 1], &narrow = relative[i];
        if (!wide.permeability_non_wetting || !narrow.permeability_non_wetting) continue;
        const double before = *wide.permeability_non_wetting, after = *narrow.permeability_non_wetting;
        if (before < half && after >= half)
            return wide.radius + (narrow.radius - wide.radius) * (half - before) / (after - before);
    }
    return std::nullopt;
}

Drainage measure_drainage(const image::PoreSpace& pores, const morphology::Weights& weights, const DrainageOptions& options)
{
    Drainage drainage{
        .boundary = pores.beyond(), .from_upper = options.from_upper, .axes = {}, .from = options.from, .to = options.to};
    const auto distances = geometry::squared_distances(pores, weights);
    std::visit(
        [&]<class Level>(const Tiles<Level>& tiles) {
            const Drained<Level> drained(pores, tiles, weights, options);
            if (!options.from.empty())
                drainage.whole = drained.between(options.from, options.to);
            else
                for (const Axis axis : options.axes) drainage.axes[axis] = drained.along(axis, options.from_upper);
        },
        distances);
    return drainage;
}

} // namespace lapilli::property
