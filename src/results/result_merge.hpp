// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace lapilli::results {

using Json = nlohmann::ordered_json;

/// How what a run is to find out stands to the results that lie in its folder already: objects of result.json, of which
/// `mine` needs only `image` and `runs` yet.
struct Difference {
    std::string words;  ///< "accuracy is 1e-4 there and 1e-6 here"; empty: the run adds to them, or does the same again
    bool whole = false; ///< they are of another image: nothing of them can stand beside these
};

/// A run without properties, which only looks at its image, agrees with any settings.
/// @param earlier  null: there are none
Difference difference(const Json& earlier, const Json& mine);

/// Whether the earlier results have all that a run of the same program is to find out, by the same settings.
bool holds(const Json& earlier, const Json& mine);

/// The results of all runs: each property by the run that found it last, and that run in `runs`; `program`, `timing`,
/// `memory` and `run` are those of the last one. Nothing is left of results of another image.
Json merged(const Json& earlier, Json mine);

/// Whether a run whose results stand there has written fields.
bool has_fields(const Json& result);

} // namespace lapilli::results
