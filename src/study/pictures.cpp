// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/pictures.hpp"

#include "parallel/exact_total.hpp"
#include "study/picture_planes.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace lapilli::study {

namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();

/// Gathers planes across each axis, at so many places.
template <class T>
std::vector<GatheredPlane<T>> gather(const image::PoreSpace& pores, std::span<const T> values, T solid, int places)
{
    const auto& shape = pores.shape();
    std::vector<GatheredPlane<T>> planes;
    for (const Axis normal : all_axes) {
        if (!has_planes_across(shape, normal)) continue;
        for (const auto index : places_along(shape.along(normal), places)) {
            const image::Plane plane{normal, index};
            planes.push_back({plane, shape.along(plane.across()), shape.along(plane.down()),
                              image::gather_plane<T>(pores, plane, values, solid)});
        }
    }
    return planes;
}

/// The phase of each pore, of which there may be one alone.
std::vector<std::uint8_t> phases_of(const image::PoreSpace& pores)
{
    if (pores.phases().empty()) return std::vector<std::uint8_t>(pores.pores(), 1);
    return {pores.phases().begin(), pores.phases().begin() + pores.pores()};
}

PerAxis<std::vector<double>> profile_of(const image::PoreSpace& pores)
{
    const auto counts = image::pores_in_planes(pores), sample = image::sample_in_planes(pores);
    PerAxis<std::vector<double>> profile;
    for (const Axis axis : all_axes)
        for (std::size_t i = 0; i < counts[axis].size(); ++i)
            profile[axis].push_back(sample[axis][i] > 0 ? 1.0 * counts[axis][i] / sample[axis][i] : none);
    return profile;
}

/// Planes of a field, coloured on rank 0. @param scale_for  gets the planes
template <class ScaleFor>
void show_field(Observer& observer, const std::string& name, const image::PoreSpace& pores, std::span<const float> values,
                ScaleFor&& scale_for)
{
    const auto planes = gather<float>(pores, values, none, 1);
    pores.comm().together([&] {
        if (pores.comm().is_root()) observer.picture(name, field_json(planes, scale_for(planes), pores.shape()));
    });
}

/// In units of its mean, so that the pictures of all runs have the same colours.
void divide_by_mean(const image::PoreSpace& pores, std::vector<float>& speed)
{
    sum::ExactSum sum;
    for (const float value : speed) sum.add(value);
    const double total = parallel::total(pores.comm(), sum);
    if (!(total > 0)) return;
    const double mean = total / pores.total_pores();
    for (float& value : speed) value = static_cast<float>(value / mean);
}

std::string along(const char* what, Axis axis) { return std::string(what) + "_" + name(axis); }

} // namespace

void Pictures::show_image(const image::PoreSpace& pores) const
{
    const auto wanted = observer_.pictures();
    if (wanted == PictureSet::none) return;
    const auto phases = phases_of(pores);
    const auto planes = gather<std::uint8_t>(pores, phases, 0, wanted == PictureSet::full ? places_of_labels : 1);
    auto profile = profile_of(pores);
    image::PoreShares shares;
    const auto& shape = pores.shape();
    const bool deep = std::min({shape.nx, shape.ny, shape.nz}) > 1;
    if (wanted == PictureSet::full && deep) shares = image::pore_shares(pores, most_cubes);
    const auto largest =
        pores.comm().max(std::int64_t{phases.empty() ? std::uint8_t{1} : *std::max_element(phases.begin(), phases.end())});
    pores.comm().together([&] {
        if (!pores.comm().is_root()) return;
        observer_.picture("image", image_json({.shape = shape,
                                               .planes = planes,
                                               .phases = static_cast<int>(largest),
                                               .profile = std::move(profile),
                                               .shares = std::move(shares)}));
    });
}

property::TakeConcentration Pictures::show_concentration() const
{
    if (observer_.pictures() == PictureSet::none) return {};
    return [this](Axis axis, const image::PoreSpace& pores, std::span<const float> c) {
        show_field(observer_, along("concentration", axis), pores, c,
                   [&](const auto& planes) { return scale_of_potential(planes, options_.boundary); });
    };
}

property::ShowFlow Pictures::show_flow() const
{
    if (observer_.pictures() == PictureSet::none) return {};
    return [this](Axis axis, const image::PoreSpace& pores, std::span<const float> speed, std::span<const float> pressure) {
        show_field(observer_, along("pressure", axis), pores, pressure,
                   [&](const auto& planes) { return scale_of_potential(planes, options_.boundary); });
        std::vector<float> relative(speed.begin(), speed.end());
        divide_by_mean(pores, relative);
        show_field(observer_, along("speed", axis), pores, relative, [](const auto&) { return scale_of_speed(); });
    };
}

} // namespace lapilli::study
