// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/read.hpp"

#include "core/error.hpp"
#include "image/grey_scale.hpp"
#include "image/region_reader.hpp"

#include <optional>

namespace lapilli::image {

namespace {

/// @param outside  label of what is no part of the sample, if there is one
void check_sample(const LabelledImage& image, std::optional<std::int32_t> outside)
{
    if (outside && image.labels.size() == 1 && image.labels.contains(*outside))
        throw input_error("all voxels of {} have label {}, so nothing of it is in the sample; expected --outside with the "
                          "label around the sample; name another, or leave --outside away",
                          image.description.path, *outside);
}

/// Of labels that nobody has named.
void check_phases(const LabelledImage& image, const Phases& phases, std::optional<std::int32_t> outside)
{
    const bool has_outside = outside && image.labels.contains(*outside);
    const bool uniform = image.labels.size() == (has_outside ? 2 : 1);
    for (const auto& [label, phase] : phases) {
        if (image.labels.contains(label) || uniform) continue;
        if (looks_grey(image)) throw input_error("{}", grey_sentence(image));
        throw input_error("no voxel of {} has label {}; its labels are {}; name one of these with --pore or --conductivity",
                          image.description.path, label, image.labels_text());
    }
}

} // namespace

LabelledImage read_image(const parallel::Communicator& comm, const ImageSource& source, const Phases& phases,
                         const ShapeCheck& check)
{
    const auto reader = open_everywhere(comm, source);
    const auto& description = reader->description();
    Region region;
    comm.together([&] { region = region_of(description.shape, source.crop); });
    if (check) check(piece_of(description, region.shape), region.shape);

    RegionReader<std::int32_t> labels(*reader, region);
    LayersOfLabels layers(phases, region.shape, source.outside);
    read_layers<std::uint8_t>(
        comm, region.shape, reader->streamed(), 1, [&](PlaneRange planes) { return layers.count(labels.read(planes)); },
        [&](PlaneRange planes, const auto& of_planes) { layers.add(planes, of_planes); });
    comm.together([&] {
        if (comm.is_root()) labels.finish();
    });

    auto image = layers.finish(comm);
    image.description = description;
    comm.together([&] {
        check_sample(image, source.outside);
        if (!source.labels_meant) check_phases(image, phases, source.outside);
    });
    return image;
}

} // namespace lapilli::image
