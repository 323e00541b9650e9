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

LayersOfLabels::LayersOfLabels(const Phases& phases, const Shape& shape)
    : shape_(shape), keep_phases_(std::any_of(phases.begin(), phases.end(), [](const auto& p) { return p.second > 1; })),
      census_(phases)
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
    add_layer(shape_, planes.first, phases, keep_phases_, bricks_);
}

LabelledImage LayersOfLabels::finish(const parallel::Communicator& comm)
{
    LabelledImage image{.shape = shape_, .bricks = std::move(bricks_)};
    auto [voxels, runs] = census_.labels(comm);
    image.labels = std::move(voxels);
    image.runs = std::move(runs);
    image.digest = census_.digest(comm, shape_);
    return image;
}

} // namespace lapilli::image
