// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/labelled_image.hpp"

#include "image/brick_layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace lapilli::image {

std::int64_t LabelledImage::voxels_of(const Phases& phases) const
{
    std::int64_t voxels = 0;
    for (const auto& [label, count] : labels)
        if (phases.contains(label)) voxels += count;
    return voxels;
}

std::string LabelledImage::labels_text() const
{
    constexpr std::size_t most = 12;
    std::string text;
    std::size_t listed = 0;
    for (const auto& entry : labels) {
        if (++listed > most) return text + ", ...";
        text += fmt::format("{}{}", text.empty() ? "" : ", ", entry.first);
    }
    return text;
}

namespace {

Phases with_outside(Phases phases, std::optional<std::int32_t> outside)
{
    if (outside) phases[*outside] = outside_phase;
    return phases;
}

} // namespace

LayersOfLabels::LayersOfLabels(const Phases& phases, const Shape& shape, std::optional<std::int32_t> outside)
    : shape_(shape), keep_phases_(std::any_of(phases.begin(), phases.end(), [](const auto& p) { return p.second > 1; })),
      has_outside_(outside.has_value()), census_(with_outside(phases, outside))
{
}

std::vector<std::uint8_t> LayersOfLabels::count(std::span<const std::int32_t> labels)
{
    std::vector<std::uint8_t> phases(labels.size());
    const std::size_t plane = shape_.plane();
    for (std::size_t first = 0; first < labels.size(); first += plane)
        census_.take_plane(labels.subspan(first, plane), std::span(phases).subspan(first, plane));
    return phases;
}

void LayersOfLabels::add(PlaneRange planes, std::span<const std::uint8_t> phases)
{
    if (!has_outside_) return add_layer(shape_, planes.first, phases, keep_phases_, bricks_);
    std::vector<std::uint8_t> part(phases.begin(), phases.end());
    std::ranges::replace(part, outside_phase, std::uint8_t{0});
    add_layer(shape_, planes.first, part, keep_phases_, bricks_);
    std::ranges::transform(phases, part.begin(), [](auto phase) -> std::uint8_t { return phase == outside_phase ? 1 : 0; });
    add_layer(shape_, planes.first, part, false, outside_);
}

LabelledImage LayersOfLabels::finish(const parallel::Communicator& comm)
{
    LabelledImage image{.shape = shape_, .bricks = std::move(bricks_), .outside = std::move(outside_)};
    auto [voxels, runs] = census_.labels(comm);
    image.labels = std::move(voxels);
    image.runs = std::move(runs);
    image.digest = census_.digest(comm, shape_);
    return image;
}

} // namespace lapilli::image
