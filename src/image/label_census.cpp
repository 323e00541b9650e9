// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/label_census.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <utility>

namespace lapilli::image {

namespace {
constexpr std::int32_t small_labels = 65536;
constexpr std::size_t most_labels = 1 << 20;
} // namespace

LabelCensus::LabelCensus(Phases phases) : phases_(std::move(phases)), phase_of_small_(small_labels), small_(small_labels)
{
    for (const auto& [label, phase] : phases_)
        if (label >= 0 && label < small_labels) phase_of_small_[label] = phase;
}

LabelCount& LabelCensus::count_of(std::int32_t label)
{
    if (label >= 0 && label < small_labels) return small_[label];
    if (other_.size() >= most_labels && !other_.contains(label))
        throw input_error("the image has more than {} different values; expected labels of a segmented image; add "
                          "--segment, or make labels with lapilli segment",
                          most_labels);
    return other_[label];
}

void LabelCensus::take_plane(std::span<const std::int32_t> labels, std::span<std::uint8_t> phases)
{
    digest_.take(std::as_bytes(labels));
    const std::size_t n = labels.size();
    for (std::size_t i = 0; i < n;) { // by runs: neighbours mostly have the same label
        const std::int32_t label = labels[i];
        std::size_t end = i + 1;
        while (end < n && labels[end] == label) ++end;
        auto& count = count_of(label);
        count.voxels += end - i;
        ++count.runs;
        std::uint8_t phase = 0;
        if (label >= 0 && label < small_labels)
            phase = phase_of_small_[label];
        else if (const auto at = phases_.find(label); at != phases_.end())
            phase = at->second;
        std::ranges::fill(phases.subspan(i, end - i), phase);
        i = end;
    }
}

Labels LabelCensus::labels(const parallel::Communicator& comm) const
{
    struct Entry {
        std::int64_t label;
        LabelCount count;
    };
    std::vector<Entry> entries;
    for (std::int32_t label = 0; label < small_labels; ++label)
        if (const auto& count = small_[label]; count.voxels > 0) entries.push_back({label, count});
    for (const auto& [label, count] : other_) entries.push_back({label, count});
    Labels all;
    for (const auto& [label, count] : comm.gather_all(std::span<const Entry>(entries))) {
        all.voxels[label] += count.voxels;
        all.runs[label] += count.runs;
    }
    return all;
}

} // namespace lapilli::image
