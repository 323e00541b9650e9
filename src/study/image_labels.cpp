// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/image_labels.hpp"

#include "scan/labelled.hpp"
#include "scan/segment.hpp"
#include "study/plan.hpp"

namespace lapilli::study {

image::ImageSource source_of(const Options& options)
{
    const bool meant = options.image.pore_given || !options.conductivity.empty() || options.properties.interfaces;
    return {.path = options.image.path,
            .raw = options.image.raw,
            .crop = options.image.crop,
            .labels_meant = meant,
            .segmented = options.image.segment,
            .outside = options.image.outside};
}

std::optional<ShiftedPores> find_labels(const parallel::Communicator& comm, const Options& options,
                                        const image::Phases& phases, parallel::Stopwatch& watch, Result& result)
{
    const auto source = source_of(options);
    const auto check = [&](const Shape& piece, const Shape& shape) {
        if (options.solves()) require_memory_to_read(comm, options, piece, shape);
    };
    result.outside = options.image.outside;
    if (options.image.values) {
        const auto& values = result.values.emplace(scan::read_values(comm, source));
        result.image = {.description = values.description, .shape = values.shape, .digest = values.digest};
        return std::nullopt;
    }
    if (!source.segmented) {
        result.image = image::read_image(comm, source, phases, check);
        return std::nullopt;
    }
    auto grey = scan::read_grey(comm, source, scan::given_values(options.image.recipe.threshold), [&](const auto& image) {
        check(image::piece_of(image.description, image.shape), image.shape);
    });
    watch.start("segment");
    scan::Segmenter segmenter(comm, options.image.recipe, grey);
    const auto labels = segmenter.labels();
    result.segmentation = segmenter.found(labels);
    if (result.segmentation->cylinder) result.outside = scan::outside;
    result.image = scan::labelled_image(comm, grey, labels, phases, result.outside);
    if (!options.resolution.segmentation) return std::nullopt;
    scan::PhaseOfLabel taking_part{};
    for (const auto& [label, phase] : phases)
        if (label >= 0 && label < std::ssize(taking_part)) taking_part[label] = 1;
    const int more = taking_part[0] ? 1 : -1; // what makes more of label 0 leaves less to the others
    return ShiftedPores{.wider = scan::bricks_of(segmenter.labels(more), taking_part),
                        .narrower = scan::bricks_of(segmenter.labels(-more), taking_part)};
}

} // namespace lapilli::study
