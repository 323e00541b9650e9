// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/labelled.hpp"

#include "image/region_reader.hpp"

#include <span>

namespace lapilli::scan {

image::LabelledImage labelled_image(const parallel::Communicator& comm, const GreyImage& grey, const LabelSlab& labels,
                                    const image::Phases& phases, std::optional<std::int32_t> outside)
{
    image::LayersOfLabels layers(phases, labels.shape, outside);
    comm.together([&] {
        std::vector<std::int32_t> layer;
        image::for_each_layer(labels.planes, [&](PlaneRange planes) {
            const auto plane = labels.shape.plane();
            const auto part =
                std::span(labels.labels).subspan((planes.first - labels.planes.first) * plane, planes.count() * plane);
            layer.assign(part.begin(), part.end());
            layers.add(planes, layers.count(layer));
        });
    });
    auto image = layers.finish(comm);
    image.description = grey.description;
    return image;
}

} // namespace lapilli::scan
