// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/look.hpp"

#include "image/grey_scale.hpp"
#include "study/run.hpp"

#include <optional>
#include <utility>

namespace lapilli::study {

namespace {

/// Absent: the values are none, or the file cannot be read at all.
std::optional<Result> labels_of(const parallel::Communicator& comm, const Options& options, Observer& observer)
{
    try {
        return run(comm, options, observer);
    } catch (const Error& error) { // as of 0.37
        if (error.code() != ExitCode::wrong_input) throw;
        return std::nullopt;
    }
}

} // namespace

Result look(const parallel::Communicator& comm, const Options& options, Observer& observer)
{
    auto found = labels_of(comm, options, observer);
    if (found && !image::looks_grey(found->image)) return std::move(*found);
    if (!found) {
        auto as_values = options;
        as_values.image.values = true;
        found = run(comm, as_values, observer);
        if (!found->values->segmentable()) return std::move(*found);
    }
    auto as_grey = options;
    as_grey.image.segment = true;
    as_grey.image.recipe = {.denoise = scan::Denoise::none, .islands = 0};
    found->segmentation = run(comm, as_grey, observer).segmentation; // all else stays as the file has it
    return std::move(*found);
}

} // namespace lapilli::study
