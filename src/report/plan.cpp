// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/plan.hpp"

#include "text/sentence.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace lapilli::report {

namespace {

using text::bytes_text;

std::int64_t total_bytes(const study::Plan& plan)
{
    std::int64_t total = 0;
    for (const auto& rank : plan.ranks) total += rank.bytes;
    return total;
}

std::int64_t most_bytes(const study::Plan& plan)
{
    return std::ranges::max(plan.ranks, {}, &study::Plan::Rank::bytes).bytes;
}

} // namespace

nlohmann::ordered_json to_json(const study::Plan& plan)
{
    nlohmann::ordered_json json{{"memory_bytes", total_bytes(plan)}, {"time_s", plan.time.total()}};
    for (const auto& host : plan.hosts)
        json["hosts"].push_back({{"name", host.name},
                                 {"ranks", host.ranks},
                                 {"needed_bytes", host.needed},
                                 {"available_bytes", host.available}});
    for (const auto& rank : plan.ranks)
        json["ranks"].push_back({{"bricks", rank.bricks}, {"pores", rank.pores}, {"memory_bytes", rank.bytes}});
    return json;
}

std::string to_table(const study::Plan& plan)
{
    std::string out = fmt::format("memory        {} in all, at most {} a rank\n", bytes_text(total_bytes(plan)),
                                  bytes_text(most_bytes(plan)));
    for (const auto& host : plan.hosts)
        out += fmt::format("host          {}: {} more for its ranks ({}), {} available\n", host.name,
                           bytes_text(host.needed), host.ranks, bytes_text(host.available));
    out += fmt::format("time          {}, roughly, with a core for each rank\n\n", text::about_text(plan.time.total()));
    out += "rank        bricks         pores      memory\n";
    for (std::size_t r = 0; r < plan.ranks.size(); ++r)
        out += fmt::format("{:<6}{:>12}{:>14}{:>12}\n", r, plan.ranks[r].bricks, plan.ranks[r].pores,
                           bytes_text(plan.ranks[r].bytes));
    return out + "nothing was solved: --plan\n";
}

} // namespace lapilli::report
