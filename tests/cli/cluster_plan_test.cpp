// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/cluster_plan.hpp"

#include "core/error.hpp"
#include "property/message_plan.hpp"
#include "support/catch.hpp"
#include "text/network.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

using namespace lapilli;
using test::mentions;

namespace {

const property::Workload of_diffusivity{.diffusivity = true, .axes = 1, .blocks = 0, .accuracy = 1e-3};
const property::Workload of_permeability{.permeability = true, .axes = 1, .blocks = 0, .accuracy = 1e-3};
const property::Workload everything{.diffusivity = true, .permeability = true};

/// A cube with 20 % pores.
study::Subject planned_rock(std::int64_t edge, double width, const property::Workload& work)
{
    return study::imagined({edge, edge, edge}, 0.2, width, work);
}

property::Site cluster(int nodes, int cores, double latency_s = 2e-4)
{
    return {.nodes = nodes, .cores = cores, .latency_s = latency_s};
}

/// What the program takes of the seconds below, which are of one before; docs/scaling.md says how these were measured.
double since(const property::Workload& work) { return work.permeability ? 0.93 : 0.82; }

/// One axis to 1e-3, one node; wall clock of the whole process.
struct TimedRun {
    std::int64_t edge;
    double width; ///< of the pores
    const property::Workload& work;
    int ranks;
    double seconds;
    double gigabytes; ///< peak of all ranks
};

} // namespace

TEST_CASE("the model gives the times and memories of the runs that it was fitted to")
{
    const TimedRun fitted[] = {
        {256, 19.8, of_diffusivity, 1, 0.585, 0.20},  {320, 24.7, of_diffusivity, 1, 1.10, 0.37},
        {400, 30.7, of_diffusivity, 1, 2.00, 0.70},   {400, 30.7, of_diffusivity, 2, 1.22, 0.74},
        {256, 19.8, of_permeability, 1, 2.72, 0.70},  {256, 19.8, of_permeability, 2, 1.56, 0.75},
        {320, 24.7, of_permeability, 1, 5.06, 1.35},  {320, 24.7, of_permeability, 2, 2.97, 1.41},
        {400, 30.7, of_permeability, 1, 10.45, 2.60}, {400, 30.7, of_permeability, 2, 5.76, 2.64},
        {400, 10.9, of_diffusivity, 2, 1.63, 0.80},   {400, 10.9, of_permeability, 2, 6.97, 2.75},
    };
    for (const auto& run : fitted) {
        const auto plan = study::plan_on(planned_rock(run.edge, run.width, run.work), cluster(1, run.ranks), 0);
        CAPTURE(run.edge, run.ranks, run.seconds, plan.time.total(), plan.rank_bytes);
        CHECK(std::abs(plan.time.total() / (since(run.work) * run.seconds) - 1) < 0.25);
        CHECK(plan.rank_bytes * run.ranks > run.gigabytes * 1e9);
        CHECK(plan.rank_bytes * run.ranks < 1.6 * run.gigabytes * 1e9);
    }
}

TEST_CASE("the model foresees runs on larger images, to which it was not fitted, within a quarter")
{
    const TimedRun foreseen[] = {
        {640, 10.9, of_diffusivity, 2, 6.1, 3.05},
        {640, 10.9, of_permeability, 2, 30.9, 11.15},
        {1000, 77, of_diffusivity, 2, 15.5, 10.2},
    };
    for (const auto& run : foreseen) {
        const auto plan = study::plan_on(planned_rock(run.edge, run.width, run.work), cluster(1, run.ranks), 0);
        CAPTURE(run.edge, run.seconds, plan.time.total(), plan.rank_bytes);
        CHECK(std::abs(plan.time.total() / (since(run.work) * run.seconds) - 1) < 0.25);
        CHECK(plan.rank_bytes * run.ranks > run.gigabytes * 1e9); // refuses no less than what is needed
        CHECK(plan.rank_bytes * run.ranks < 1.4 * run.gigabytes * 1e9);
    }
}

TEST_CASE("how many iterations a flow takes is not foreseen: wide pores took nine where six were expected")
{
    const auto plan = study::plan_on(planned_rock(640, 50, of_permeability), cluster(1, 2), 0);
    CHECK(plan.time.total() < 0.9 * since(of_permeability) * 28.8);
    CHECK(plan.time.total() > 0.65 * since(of_permeability) * 28.8);
}

TEST_CASE("messages are as many as were counted between the program and MPI")
{
    struct Count {
        std::int64_t edge;
        double pores, bricks, width;
        int iterations, halos, gathers; ///< of diffusivity on 8 ranks
    };
    // gathers without those of the setup: 46, 47 and 63 of which 34, 35 and 35 are
    for (const auto& counted : {Count{128, 417'691, 512, 10.3, 3, 116, 12}, Count{200, 1'590'000, 2197, 15.6, 3, 116, 12},
                                Count{256, 3'344'027, 4096, 19.8, 3, 260, 28}}) {
        const property::Whole whole{.bricks = counted.bricks,
                                    .pores = counted.pores,
                                    .solved = counted.pores,
                                    .width = counted.width,
                                    .ranks = 8,
                                    .alignment = property::alignment_of(counted.bricks, 8)};
        // a network so slow that its latency is all, and so wide that bytes take no time
        const property::Site slow{.nodes = 8, .cores = 1, .latency_s = 1e6, .bandwidth = 1e300};
        const auto cycle = property::Messages(whole, {counted.edge, counted.edge, counted.edge}, slow, 1)
                               .cycle(property::Unknowns::potentials, 2);
        CAPTURE(counted.edge, cycle.halo, cycle.gather);
        CHECK(counted.iterations * cycle.halo / 1e6 == Approx(counted.halos).epsilon(0.25));
        CHECK(counted.iterations * cycle.gather / 3e6 ==
              Approx(counted.gathers).epsilon(0.25)); // three steps for eight ranks
    }
}

TEST_CASE("what every rank does for itself is what was seen: the work of the busiest of 8 and of 16, without its messages")
{
    struct Busiest {
        const property::Workload& work;
        int ranks;
        double seconds, of_one; ///< of a core, reading included; on one rank
    };
    for (const auto& seen : {Busiest{of_permeability, 8, 0.329, 2.08}, Busiest{of_permeability, 16, 0.195, 2.08},
                             Busiest{of_diffusivity, 8, 0.092, 0.464}, Busiest{of_diffusivity, 16, 0.055, 0.464}}) {
        const auto subject = planned_rock(200, 15.6, seen.work);
        const double alone = study::plan_on(subject, cluster(1, 1), 0).time.compute;
        const double shared = study::plan_on(subject, cluster(1, seen.ranks), 0).time.compute;
        CAPTURE(seen.ranks, seen.seconds, alone, shared);
        CHECK(shared / alone > 1.15 / seen.ranks); // they do not share all of it
        CHECK(shared / alone == Approx(seen.seconds / seen.of_one).epsilon(0.25));
    }
}

TEST_CASE("more nodes never need more memory each, and take no more time as long as they compute the same levels")
{
    const auto alignment = [](double edge, int nodes) { // below which more levels stand on every rank
        return property::alignment_of(std::pow(edge / 16, 3), 16 * nodes);
    };
    for (const std::int64_t edge : {1000, 2000}) {
        const auto subject = planned_rock(edge, 10, everything);
        auto before = study::plan_on(subject, cluster(1, 16), 0);
        int fewer = 1;
        for (const int nodes : {2, 3, 4, 6, 8, 12, 16, 32, 64}) {
            const auto now = study::plan_on(subject, cluster(nodes, 16), 0);
            CAPTURE(edge, nodes);
            CHECK(now.node_needs <= before.node_needs);
            const bool computes = now.time.halo + now.time.gather + now.time.reduce < now.time.compute / 4;
            if (computes && alignment(edge, nodes) == alignment(edge, fewer)) CHECK(now.time.total() < before.time.total());
            before = now;
            fewer = nodes;
        }
    }
}

TEST_CASE("a plan grows with the image, the work and the distance of the nodes, and shrinks with their speed")
{
    const auto base = study::plan_on(planned_rock(1000, 10, everything), cluster(4, 16), 0);
    const auto total = [](const study::Subject& subject, const property::Site& where) {
        return study::plan_on(subject, where, 0).time.total();
    };
    CHECK(study::plan_on(planned_rock(1200, 10, everything), cluster(4, 16), 0).node_needs > base.node_needs);
    CHECK(total(planned_rock(1200, 10, everything), cluster(4, 16)) > base.time.total());
    CHECK(total(planned_rock(1000, 10, of_permeability), cluster(4, 16)) < base.time.total());
    CHECK(total(planned_rock(1000, 10, everything), cluster(4, 16, 1e-3)) > base.time.total());
    auto faster = cluster(4, 16);
    faster.speed = 2;
    CHECK(study::plan_on(planned_rock(1000, 10, everything), faster, 0).time.compute == Approx(base.time.compute / 2));
    auto starved = cluster(4, 16);
    starved.triad = 40e9;
    CHECK(total(planned_rock(1000, 10, everything), starved) > 1.5 * base.time.total());
    CHECK(base.time.memory == 0);
    auto narrow = cluster(4, 16);
    narrow.bandwidth /= 100;
    CHECK(total(planned_rock(1000, 10, everything), narrow) > base.time.total());
}

TEST_CASE("levels that stand on every rank end the growth: ten thousand ranks do not hold 10^12 voxels with 16 GB each")
{
    const auto plan = study::plan_on(planned_rock(10'000, 10, of_diffusivity), cluster(625, 16), 275e9);
    CHECK_FALSE(plan.fits());
    CHECK(plan.time.gather > 30);
}

TEST_CASE("what does not fit is refused with the number of nodes that would do")
{
    const auto subject = planned_rock(1000, 10, of_permeability);
    const auto plan = study::plan_on(subject, cluster(1, 16), 32e9);
    CHECK_FALSE(plan.fits());
    const auto enough = study::fewest_nodes(subject, cluster(1, 16), 32e9, 100);
    REQUIRE(enough.has_value());
    CHECK(*enough > 1);
    CHECK(*enough < 5);
    CHECK_THROWS_WITH(study::require_fit(subject, plan), mentions("each node needs") && mentions("32 GB") &&
                                                             mentions("take " + std::to_string(*enough) + " such nodes"));
    CHECK_THROWS_WITH(study::require_fit(subject, study::plan_on(subject, cluster(1, 64), 1.6e9)),
                      mentions("more of these do not help"));
    CHECK_NOTHROW(study::require_fit(subject, study::plan_on(subject, cluster(*enough, 16), 32e9)));
}

TEST_CASE("the cheapest machines come first, by their prices, or by cores and memory")
{
    const auto subject = planned_rock(1000, 10, of_permeability);
    const auto sizes = study::usual_sizes();
    const auto by_size = study::offers(subject, sizes, {}, std::nullopt);
    CHECK(by_size.size() == sizes.size());
    for (const auto& offer : by_size) {
        CHECK(offer.plan.fits());
        CHECK(offer.cost >= by_size.front().cost);
    }
    double longest = 0;
    for (const auto& offer : by_size) longest = std::max(longest, offer.plan.time.total());
    const auto within = study::offers(subject, sizes, {}, longest / 2);
    REQUIRE(!within.empty());
    for (const auto& offer : within) CHECK(offer.plan.time.total() <= longest / 2);
    CHECK(study::offers(subject, sizes, {}, 1).empty());

    auto priced = sizes;
    for (auto& size : priced) size.price = size.name == "Standard_E64as_v5" ? 0.01 : 10;
    CHECK(study::offers(subject, priced, {}, std::nullopt).front().size.name == "Standard_E64as_v5");
}

TEST_CASE("the sizes are those of the table for Azure, and are read from a table with prices")
{
    std::ifstream file(LAPILLI_SOURCE_DIR "/infra/azure/README.md");
    std::ostringstream page;
    page << file.rdbuf();
    const auto table = study::read_sizes(page.str(), "README.md"), usual = study::usual_sizes();
    REQUIRE(table.size() == usual.size());
    for (std::size_t i = 0; i < usual.size(); ++i) {
        CHECK(table[i].name == usual[i].name);
        CHECK(table[i].cores == usual[i].cores);
        CHECK(table[i].memory == usual[i].memory);
        CHECK_FALSE(usual[i].price.has_value());
    }
    const auto priced = study::read_sizes("| size | cores | memory [GiB] | image | EUR an hour | as a spot machine |\n"
                                          "|---|--:|--:|--:|--:|--:|\n"
                                          "| A | 2 | 16 | 790³ | 0.125 | 0.025 |\n| B | 4 | 32 | 1010³ | - | - |\n",
                                          "prices");
    REQUIRE(priced.size() == 1);
    CHECK(priced[0].name == "A");
    CHECK(priced[0].price == 0.125);
    CHECK_THROWS_WITH(study::read_sizes("no table", "notes.txt"), mentions("notes.txt has no machine in it"));
}

TEST_CASE("networks and sizes of memory are read with their units, and senseless ones refused with a sentence")
{
    const auto network = text::parse_network("1ms,10Gbit");
    CHECK(network.latency_s == Approx(1e-3));
    CHECK(network.bandwidth == Approx(1.25e9));
    CHECK(text::parse_network("30us, 100Gbit/s").latency_s == Approx(30e-6));
    CHECK(text::parse_network("0.2ms,1GB/s").bandwidth == Approx(1e9));
    for (const char* text :
         {"", "fast", "1ms", "10Gbit", "1ms,10Gbit,2", "10Gbit,1ms", "-1ms,10Gbit", "1,10", "nanms,1Gbit", "1ms,infGbit"})
        CHECK_THROWS_WITH(text::parse_network(text), mentions("is not a network"));
    CHECK_THROWS_WITH(text::parse_network("5s,10Gbit"), mentions("between 100 ns and 1 s"));
    CHECK_THROWS_WITH(text::parse_network("0.00001us,10Gbit"), mentions("between 100 ns and 1 s"));
    CHECK_THROWS_WITH(text::parse_network("1ms,0.1Mbit"), mentions("between 1 Mbit/s and 10 Tbit/s"));
    CHECK_THROWS_WITH(text::parse_network("1ms,1000TB"), mentions("between 1 Mbit/s and 10 Tbit/s"));
    CHECK(text::parse_bytes("64GB") == 64e9);
    CHECK(text::parse_bytes("2GiB") == 2.0 * 1024 * 1024 * 1024);
    CHECK(text::parse_bytes("2Gi") == text::parse_bytes("2GiB"));
    CHECK_THROWS_WITH(text::parse_bytes("64"), mentions("not a size of memory"));
    CHECK(text::parse_rate("200MB/s") == 200e6);
    CHECK_THROWS_WITH(text::parse_rate("quick"), mentions("not a bandwidth"));
}
