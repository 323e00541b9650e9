// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/cluster_plan.hpp"

#include "core/error.hpp"
#include "image/image_source.hpp"
#include "property/message_plan.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::study {

namespace {

constexpr double uneven = 1.02;     // the largest share over the mean one: how far a cut may give way
constexpr double of_limit = 1.25;   // memory of a pod over what its rank needs
constexpr double of_system = 1.5e9; // bytes of a node
constexpr int most_offered = 64;    // machines
constexpr double eighth = 1.0 / 8;  // of a core hour is a GiB hour
constexpr double gibibyte = 1 << 30;

property::Whole on_ranks(const Subject& subject, int ranks)
{
    auto whole = subject.whole;
    whole.ranks = ranks;
    whole.alignment = property::alignment_of(whole.bricks, ranks);
    return whole;
}

std::int64_t part(double of, double ranks) { return std::llround(std::ceil(uneven * of / ranks)); }

property::Share share_of(const Subject& subject, const property::Whole& whole)
{
    return {.bricks = part(whole.bricks, whole.ranks),
            .pores = part(whole.pores, whole.ranks),
            .solved = part(whole.solved, whole.ranks),
            .ghosts = std::llround(property::ghosts_of(whole, subject.shape, whole.ranks))};
}

double cost_of(const MachineSize& size, const ClusterPlan& plan)
{
    const double of_hour = size.price ? *size.price : size.cores + eighth * size.memory / gibibyte;
    return of_hour * plan.site.nodes * plan.time.total() / 3600;
}

/// The cheapest number of machines of a size.
std::optional<Offer> offer(const Subject& subject, const MachineSize& size, property::Site site,
                           std::optional<double> within)
{
    std::optional<Offer> best;
    site.cores = size.cores;
    for (site.nodes = 1; site.nodes <= most_offered; ++site.nodes) {
        const Offer one{size, plan_on(subject, site, size.memory), 0};
        if (!one.plan.fits() || (within && one.plan.time.total() > *within)) continue;
        const double cost = cost_of(size, one.plan);
        if (!best || cost < best->cost) best = Offer{size, one.plan, cost};
    }
    return best;
}

} // namespace

Subject imagined(const Shape& shape, double porosity, double width, const property::Workload& work)
{
    const double pores = porosity * shape.voxels();
    return {.shape = shape,
            .work = work,
            .whole = {.bricks = property::bricks_of(shape), .pores = pores, .solved = pores, .width = width}};
}

ClusterPlan plan_on(const Subject& subject, const property::Site& site, double node_memory)
{
    const auto whole = on_ranks(subject, site.ranks());
    const auto share = share_of(subject, whole);
    const auto piece = image::piece_of({.shape = subject.shape}, subject.shape);
    ClusterPlan plan{.site = site, .node_memory = node_memory};
    plan.rank_bytes = property::bytes_of(subject.work, piece, subject.shape, share, whole);
    plan.node_needs = of_limit * site.cores * plan.rank_bytes + of_system;
    plan.checkpoint_bytes = property::checkpoint_bytes(subject.work, whole);
    plan.time = property::seconds_of(subject.work, subject.shape, share, whole, site);
    return plan;
}

std::optional<int> fewest_nodes(const Subject& subject, property::Site site, double node_memory, int most)
{
    for (site.nodes = 1; site.nodes <= most; ++site.nodes)
        if (plan_on(subject, site, node_memory).fits()) return site.nodes;
    return std::nullopt;
}

void require_fit(const Subject& subject, const ClusterPlan& plan)
{
    constexpr int most = 4096;
    if (plan.fits()) return;
    const auto bytes = [](double b) { return text::bytes_text(std::llround(b)); };
    const auto enough = fewest_nodes(subject, plan.site, plan.node_memory, most);
    throw input_error("it does not fit: each node needs {}, but has {}; {}", bytes(plan.node_needs), bytes(plan.node_memory),
                      enough ? fmt::format("take {} such nodes", *enough)
                             : "take nodes with more memory for each core, for more of these do not help");
}

std::vector<Offer> offers(const Subject& subject, const std::vector<MachineSize>& sizes, const property::Site& like,
                          std::optional<double> within)
{
    std::vector<Offer> all;
    for (const auto& size : sizes)
        if (auto one = offer(subject, size, like, within)) all.push_back(std::move(*one));
    std::ranges::sort(all, {}, &Offer::cost);
    return all;
}

} // namespace lapilli::study
