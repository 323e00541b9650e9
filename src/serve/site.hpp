// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/fields_apart.hpp"
#include "serve/index.hpp"
#include "serve/metrics.hpp"
#include "serve/query.hpp"
#include "serve/request.hpp"
#include "serve/text_cache.hpp"

#include <string>

namespace lapilli::serve {

/// All that answers are made from.
struct Site {
    Site(const std::string& folder_, Metrics& metrics_, format::StartProcess start_reader)
        : folder(folder_), root(folder_), index(root), fields(std::move(start_reader)), metrics(metrics_)
    {
    }
    Site(const std::string& folder_, Metrics& metrics_) : folder(folder_), root(folder_), index(root), metrics(metrics_) {}

    std::string folder;
    Beneath root;
    Index index;
    field::FieldsApart fields;
    TextCache pictures{64'000'000}, lists{8'000'000};
    Metrics& metrics;
};

/// A request that has found its endpoint.
struct Call {
    Site& site;
    const Request& request;
    Query query;
    std::string id, name; ///< what stood in the place of {id} and {name}

    /// The folder of the run {id}. @throws Refusal 404
    Descriptor folder() const;
};

/// What is made of a call that may be answered from what is there already; a call that is not patient is put off instead of
/// being made anew.
Answer cached(const Call& call, TextCache& cache, const std::string& key, const std::function<CachedText()>& make);

/// An object with the current time as "now", which is no part of its tag.
Answer json_answer(const std::string& object, const std::string& tag);
/// A tag of some text.
std::string tag_of(const std::string& text);

} // namespace lapilli::serve
