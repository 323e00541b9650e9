// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/materials.hpp"

#include "core/error.hpp"
#include "property/interfaces.hpp"

#include <algorithm>

namespace lapilli::study {

std::vector<std::int32_t> materials_of(const parallel::Communicator& comm, const image::ImageSource& source,
                                       const Options& options)
{
    auto labels = options.materials;
    if (labels.empty())
        for (const auto& [label, voxels] : image::read_image(comm, source, {}).labels) labels.push_back(label);
    std::ranges::sort(labels);
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    comm.together([&] {
        constexpr int most = property::most_materials;
        if (labels.size() < 2)
            throw input_error(
                "interfaces are between two labels or more, and here is {}; look at the labels with lapilli info",
                labels.empty() ? "none" : "one");
        if (std::ssize(labels) > most)
            throw input_error(
                "there are {} labels, of which interfaces take {} at most; name those that count with --labels, "
                "e.g. --labels 0,1,2, or segment the image first",
                labels.size(), most);
    });
    return labels;
}

void check_materials(const image::LabelledImage& image, const std::vector<std::int32_t>& labels)
{
    for (const auto label : labels)
        if (!image.labels.contains(label))
            throw input_error("no voxel of {} has label {}; its labels are {}; name some of these with --labels",
                              image.description.path, label, image.labels_text());
}

image::Phases phases_of(const std::vector<std::int32_t>& labels)
{
    image::Phases phases;
    for (const auto label : labels) phases[label] = static_cast<std::uint8_t>(phases.size() + 1);
    return phases;
}

} // namespace lapilli::study
