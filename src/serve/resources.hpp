// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/site.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace lapilli::serve {

/// What a request may say behind the question mark, as the contract names it.
struct Parameter {
    const char* name;
    const char* schema; ///< JSON
    const char* help;
};

/// A path, what it gives and what answers it: the router, openapi.json and the page of it are made of these.
struct Resource {
    const char* path; ///< "/api/v1/runs/{id}"
    const char* help;
    const char* type; ///< of the body; nullptr: a page for people, which is no part of the contract
    std::vector<Parameter> query;
    Answer (*answer)(const Call&);
};

std::span<const Resource> resources();

/// @throws Refusal 404
Answer route(Site& site, const Request& request);

// of the API
Answer list_runs(const Call& call);
Answer show_result(const Call& call);
Answer show_state(const Call& call);
Answer show_progress(const Call& call);
Answer list_numbers(const Call& call);
Answer list_fields(const Call& call);
Answer show_slice(const Call& call);
Answer show_values(const Call& call);
Answer show_volume(const Call& call);
Answer list_files(const Call& call);
Answer give_file(const Call& call);
Answer compare_runs(const Call& call);
Answer show_contract(const Call& call);
// pages
Answer page_of_runs(const Call& call);
Answer page_of_run(const Call& call);
Answer part_of_run(const Call& call);
Answer page_of_comparison(const Call& call);
Answer page_of_contract(const Call& call);
Answer show_report(const Call& call);
Answer give_static(const Call& call);

} // namespace lapilli::serve
