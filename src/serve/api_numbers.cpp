// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/html/page.hpp"
#include "report/html/rows.hpp"
#include "serve/page.hpp"
#include "serve/resources.hpp"

namespace lapilli::serve {

namespace {

/// @throws Refusal 409 there is none yet, 422 it is none
nlohmann::ordered_json result_for(const Call& call)
{
    const auto folder = call.folder();
    if (!stamp_in(folder.get(), "result.json"))
        throw refusal(409, "the run {} has no result.json yet; its state says how far it is", call.id);
    return result_in_order(folder.get());
}

} // namespace

Answer list_numbers(const Call& call)
{
    const auto result = result_for(call);
    const nlohmann::ordered_json found{{"groups", report::html::json_of(report::html::rows_of(result))}};
    const auto text = found.dump();
    return json_answer(text, tag_of(text));
}

Answer part_of_run(const Call& call)
{
    return part_answer(report::html::measured({.name = call.id, .result = result_for(call)}));
}

} // namespace lapilli::serve
