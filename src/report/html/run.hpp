// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"
#include "report/html/markup.hpp"

#include <string>
#include <vector>

namespace lapilli::report::html {

/// What a result folder says of a run, finished or not.
struct Run {
    std::string name;         ///< of its image, or else of its folder
    Json result;              ///< the object of result.json without the counts of labels; null: there is none
    Json pictures;            ///< of its image, by their names, as pictures.json has them; null: there are none
    std::vector<Json> events; ///< the lines of progress.jsonl
    std::string fault;        ///< why result.json is there and of no use; a sentence, or empty
};

enum class State { done, not_converged, unfinished, stopped, failed };

struct Verdict {
    State state = State::done;
    std::string word;     ///< "Done"
    std::string sentence; ///< what that means for the numbers, and what to do
};

/// How the run has ended, as far as its files tell.
Verdict verdict_of(const Run& run);

/// Why a number that is not there is not there, of a run that has ended so.
std::string reason_of(const Verdict& verdict);

/// The image, by the result or the first line of the progress.
Json image_of(const Run& run);

/// The axes of which the summary has a quote.
std::vector<Axis> quoted_axes(const Json& result, const std::string& property);

/// "5.345 µm", "4 µm × 2 µm × 2 µm (z, y, x)"; empty: not known.
std::string voxel_text(const Json& image);
/// "400 × 400 × 400 voxels", "100 × 400 × 400 voxels (z, y, x)"; empty: not known.
std::string voxels_text(const Json& image);

/// The axes along which the image has more than one voxel; all where that is not known.
std::vector<Axis> axes_of(const Json& image);

/// What progress.jsonl says first of the run that the page is of: {"command", "time", "image", ...}; an empty object where
/// it says nothing.
Json start_of(const Run& run);

/// What each solve of the run has found after each iteration: {"diffusivity": {"x": [{"iteration", "value", "bound"}, ...]},
/// ...}.
Json convergence_of(const Run& run);

} // namespace lapilli::report::html
