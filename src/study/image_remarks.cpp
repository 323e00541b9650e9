// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/image_remarks.hpp"

#include "core/error.hpp"
#include "image/axis_order.hpp"
#include "image/grey_scale.hpp"
#include "text/sentence.hpp"

#include <fmt/format.h>

#include <optional>

namespace lapilli::study {

namespace {

std::string missing_label(const image::LabelledImage& image, std::int32_t label)
{
    return fmt::format("no voxel of {} has label {}, so nothing of it is pore by that; its {} {}", image.description.path,
                       label, image.labels.size() == 1 ? "only label is" : "labels are", image.labels_text());
}

} // namespace

std::vector<std::string> remarks_on(const parallel::Communicator& comm, const image::LabelledImage& image,
                                    const image::ImageSource& source, const image::Phases& phases, bool solving)
{
    std::vector<std::string> remarks;
    if (!source.labels_meant && !source.segmented && image::looks_grey(image)) {
        const auto sentence = image::grey_sentence(image);
        const char* meant = "; or, if the values are meant, name those of the pores with --pore";
        comm.together([&] {
            if (solving) throw input_error("{}{}", sentence, meant);
        });
        remarks.push_back(sentence + (phases.empty() ? "" : meant));
    }
    constexpr std::size_t few = 16; // more are a range, of which not each is meant
    for (const auto& [label, phase] : phases)
        if (phases.size() <= few && !image.labels.contains(label)) remarks.push_back(missing_label(image, label));
    if (source.segmented || image.labels.empty()) return remarks; // grey values are hardly ever equal, in whatever order
    image::ImageSource as_read = source;
    if (const auto& raw = image.description.raw) as_read.raw = *raw; // also what the user left to files beside it
    std::optional<Shape> order;
    comm.together([&] {
        if (comm.is_root()) order = image::likelier_order(as_read);
    });
    if (order)
        remarks.push_back(
            fmt::format("voxels beside each other agree far better if the shape is {} than with --shape {}; are "
                        "its axes in the order slices x rows x columns?",
                        text::shape_text(*order), text::shape_text(image.description.shape)));
    return remarks;
}

} // namespace lapilli::study
