// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/cluster_plan.hpp"

#include "text/sentence.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace lapilli::report {

namespace {

std::int64_t whole_bytes(double bytes) { return std::llround(bytes); }
std::string bytes_text(double bytes) { return text::bytes_text(whole_bytes(bytes)); }

nlohmann::ordered_json json_of(const property::Seconds& time)
{
    return {{"total", time.total()}, {"begin", time.begin},   {"compute", time.compute}, {"memory", time.memory},
            {"halo", time.halo},     {"gather", time.gather}, {"reduce", time.reduce},   {"checkpoints", time.checkpoints}};
}

nlohmann::ordered_json json_of(const study::ClusterPlan& plan)
{
    return {{"nodes", plan.site.nodes},
            {"cores", plan.site.cores},
            {"ranks", plan.site.ranks()},
            {"memory_of_rank_bytes", whole_bytes(plan.rank_bytes)},
            {"memory_of_node_bytes", whole_bytes(plan.node_needs)},
            {"fits", plan.fits()},
            {"checkpoint_bytes", whole_bytes(plan.checkpoint_bytes)},
            {"time_s", json_of(plan.time)}};
}

std::string subject_lines(const study::Subject& subject)
{
    return fmt::format("image         {} voxels\npores         {}, {:.1f} voxels wide; {} percolate\n\n",
                       text::shape_text(subject.shape), text::grouped(whole_bytes(subject.whole.pores)), subject.whole.width,
                       text::grouped(whole_bytes(subject.whole.solved)));
}

std::string time_lines(const property::Seconds& time)
{
    const auto of = [](const char* what, double seconds) {
        return seconds < 0.05 ? std::string() : fmt::format("  {:<12}{:>10.1f} s\n", what, seconds);
    };
    return fmt::format("time          {}\n", text::about_text(time.total())) + of("reading", time.begin) +
           of("computing", time.compute) + of("memory", time.memory) + of("neighbours", time.halo) +
           of("gathering", time.gather) + of("sums", time.reduce) + of("checkpoints", time.checkpoints);
}

std::string cluster_lines(const study::ClusterPlan& plan)
{
    return fmt::format("ranks         {}: nodes {}, cores of each {}\nmemory        {} a rank; {} a node, with a quarter "
                       "more for a limit and 1.5 GB for the system\n",
                       plan.site.ranks(), plan.site.nodes, plan.site.cores, bytes_text(plan.rank_bytes),
                       bytes_text(plan.node_needs)) +
           time_lines(plan.time) + "\n";
}

std::string offer_lines(const Planned& planned)
{
    if (planned.offers.empty()) return "no size of machine is enough: not within the time, or not on 64 of them\n";
    const char* cost = planned.priced ? "cost" : "core hours + GiB hours / 8";
    std::string out =
        fmt::format("{:<22}{:>8}{:>8}{:>14}{:>16}  {}\n", "cheapest", "number", "ranks", "memory", "time", cost);
    for (const auto& offer : planned.offers)
        out += fmt::format("{:<22}{:>8}{:>8}{:>14}{:>16}  {:.3g}\n", offer.size.name, offer.plan.site.nodes,
                           offer.plan.site.ranks(), bytes_text(offer.plan.node_needs),
                           text::about_text(offer.plan.time.total()), offer.cost);
    return out;
}

} // namespace

nlohmann::ordered_json to_json(const Planned& planned)
{
    const auto& subject = planned.subject;
    nlohmann::ordered_json json{{"image",
                                 {{"shape", {subject.shape.nz, subject.shape.ny, subject.shape.nx}},
                                  {"pores", whole_bytes(subject.whole.pores)},
                                  {"percolating", whole_bytes(subject.whole.solved)},
                                  {"width_voxels", subject.whole.width}}}};
    if (planned.cluster) json["cluster"] = json_of(*planned.cluster);
    json["cost"] = planned.priced ? "price" : "core hours + GiB hours / 8";
    json["offers"] = nlohmann::ordered_json::array();
    for (const auto& offer : planned.offers) {
        auto one = json_of(offer.plan);
        one["size"] = offer.size.name;
        one["cost"] = offer.cost;
        json["offers"].push_back(std::move(one));
    }
    return json;
}

std::string to_table(const Planned& planned)
{
    return subject_lines(planned.subject) + (planned.cluster ? cluster_lines(*planned.cluster) : "") + offer_lines(planned);
}

} // namespace lapilli::report
