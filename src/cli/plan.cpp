// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/plan.hpp"

#include "cli/common_options.hpp"
#include "cli/image_options.hpp"
#include "cli/option.hpp"
#include "file/input_file.hpp"
#include "report/cluster_plan.hpp"
#include "study/cluster_plan.hpp"
#include "study/run.hpp"
#include "terminal/messages.hpp"
#include "text/network.hpp"
#include "text/units.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <memory>

namespace lapilli::cli {

namespace {

constexpr double usual_width = 10; // of pores [voxel]
constexpr int most_nodes = 100'000;
constexpr int most_cores = 1024;

struct Options {
    study::Options study;
    std::optional<double> porosity; ///< of an image that is not there
    std::optional<double> width;    ///< of its pores [voxel]
    std::optional<int> nodes, cores;
    std::optional<double> memory; ///< of a node [B]
    property::Site site;
    std::string prices; ///< file
    std::optional<double> within;
    bool json = false;
    bool quiet = false;
};

double parse_fraction(const std::string& text)
{
    const double fraction = parse_number<double>(text);
    if (!(fraction > 0 && fraction <= 1))
        throw input_error("{} is not a porosity; expected a number above 0 and up to 1, such as 0.2", text);
    return fraction;
}

double parse_positive(const std::string& text)
{
    const double number = parse_number<double>(text);
    if (!(number > 0 && number < 1e6)) throw input_error("{} is not possible; expected a number above 0, such as 1", text);
    return number;
}

int parse_at_most(int most, const std::string& text)
{
    const int count = parse_count(text);
    if (count > most) throw input_error("{} is too large; expected at most {}", text, most);
    return count;
}

study::Properties parse_verb(const std::string& text)
{
    if (text == "analyze") return {.percolation = true, .diffusivity = true, .permeability = true};
    if (text == "diffusivity") return {.percolation = true, .diffusivity = true};
    if (text == "permeability") return {.percolation = true, .permeability = true};
    throw input_error("'{}' is not a verb that solves; expected analyze, diffusivity or permeability", text);
}

void add_subject_options(CLI::App& command, Options& options)
{
    const Group image(command, "Image");
    image.add("--porosity", "FRACTION", "of an image that is not there yet, with --shape in place of IMAGE, e.g. 0.2",
              [&](const std::string& text) { options.porosity = parse_fraction(text); });
    image.add("--pore-width", "VOXELS", "of its pores, mean chords, e.g. 8.5 (default: 10)",
              [&](const std::string& text) { options.width = parse_positive(text); });
    Group(command, "Method")
        .add("--for", {"VERB", "words analyze diffusivity permeability"},
             "what is to be run: analyze, diffusivity or permeability (default: analyze)",
             [&](const std::string& text) { options.study.properties = parse_verb(text); });
}

void add_cluster_options(CLI::App& command, Options& options)
{
    const Group cluster(command, "Cluster");
    cluster.add("--nodes", "N", "machines, e.g. 4; with --cores and --memory",
                [&](const std::string& text) { options.nodes = parse_at_most(most_nodes, text); });
    cluster.add("--cores", "N", "physical cores of each, with a rank on each core, e.g. 16",
                [&](const std::string& text) { options.cores = parse_at_most(most_cores, text); });
    cluster.add("--memory", "BYTES", "of each, e.g. 64GiB",
                [&](const std::string& text) { options.memory = text::parse_bytes(text); });
    cluster.add("--network", "TIME,RATE",
                "time of a message, half of what ping says, and bandwidth of a node, e.g. 1ms,10Gbit (default: "
                "0.2ms,10Gbit)",
                [&](const std::string& text) {
                    const auto network = text::parse_network(text);
                    options.site.latency_s = network.latency_s;
                    options.site.bandwidth = network.bandwidth;
                });
    cluster.add("--speed", "FACTOR",
                "of a core, over that of the machine on which the model was fitted: what it plans for a small image over "
                "what that takes, e.g. 0.5 (default: 1)",
                [&](const std::string& text) { options.site.speed = parse_positive(text); });
    cluster.add("--triad", "RATE", "memory bandwidth of a node, e.g. 150GB/s (default: as much as its cores can use)",
                [&](const std::string& text) { options.site.triad = text::parse_rate(text); });
    cluster.add("--disk", "RATE", "at which checkpoints are written, e.g. 1GB/s (default: 200MB/s)",
                [&](const std::string& text) { options.site.disk = text::parse_rate(text); });
    cluster.add("--prices", "FILE",
                "table of machines and prices, as infra/azure/prices prints it (default: its sizes, no prices)",
                [&](const std::string& text) { options.prices = text; });
    cluster.add("--within", {"TIME", "units s min h"},
                "that the run may take, for the choice of machines, e.g. 1h (default: any)",
                [&](const std::string& text) { options.within = text::parse_duration(text); });
    const Group output(command, "Output");
    output.add_flag("--json", options.json, "print the result as JSON and nothing else");
    output.add_flag("--quiet", options.quiet, "no progress and no warnings, only errors");
}

/// What the options do not show one by one.
void check(const Options& options)
{
    const auto& image = options.study.image;
    if (image.path.empty() && !(options.porosity && image.raw.shape))
        throw input_error(
            "no IMAGE is given; expected a file such as rock.tif, or --shape and --porosity of one that is not "
            "there yet");
    if (!image.path.empty() && (options.porosity || options.width))
        throw input_error("{} is given, but the image says it; leave one of them out",
                          options.porosity ? "--porosity" : "--pore-width");
    const int given = options.nodes.has_value() + options.cores.has_value() + options.memory.has_value();
    if (given != 0 && given != 3)
        throw input_error(
            "a cluster is --nodes, --cores and --memory; expected all three, or none for the choice of machines");
}

/// The image as read, or as imagined. Collective.
study::Subject subject_of(const parallel::Communicator& comm, const Options& options)
{
    auto study = options.study;
    if (study.image.path.empty()) {
        const auto work = study::workload(study, false);
        return study::imagined(*study.image.raw.shape, *options.porosity, options.width.value_or(usual_width), work);
    }
    study.plan = true;
    study::Observer nobody;
    const auto result = study::run(comm, study, nobody);
    if (comm.is_root() && !options.quiet)
        for (const auto& warning : result.warnings) terminal::print_warning(warning);
    const auto& plan = *result.plan;
    return {.shape = plan.shape, .work = plan.work, .whole = plan.whole};
}

/// The table of --prices.
std::string read_text(const std::string& path)
{
    constexpr std::int64_t most = 1 << 20;
    const file::InputFile file(path, "a table of prices");
    if (file.size() > most) throw input_error("{} is too large to be a table of prices; expected less than 1 MB", path);
    std::string text(file.size(), '\0');
    file.read(0, std::as_writable_bytes(std::span(text)));
    return text;
}

std::vector<study::MachineSize> sizes_of(const Options& options)
{
    return options.prices.empty() ? study::usual_sizes() : study::read_sizes(read_text(options.prices), options.prices);
}

report::Planned plan_of(const Options& options, const std::vector<study::MachineSize>& sizes, study::Subject subject)
{
    report::Planned planned{.subject = std::move(subject)};
    planned.priced = std::ranges::all_of(sizes, [](const auto& size) { return size.price.has_value(); });
    planned.offers = study::offers(planned.subject, sizes, options.site, options.within);
    if (!options.nodes) return planned;
    auto site = options.site;
    site.nodes = *options.nodes;
    site.cores = *options.cores;
    planned.cluster = study::plan_on(planned.subject, site, *options.memory);
    return planned;
}

ExitCode plan(const parallel::Communicator& comm, const Options& options)
{
    std::vector<study::MachineSize> sizes;
    comm.together([&] {
        if (comm.is_root()) sizes = sizes_of(options);
    });
    const auto subject = subject_of(comm, options);
    comm.together([&] {
        if (!comm.is_root()) return;
        if (!(subject.whole.solved > 0))
            throw input_error("no pores connect two faces of the image, so there is nothing to solve");
        const auto planned = plan_of(options, sizes, subject);
        std::cout << (options.json ? report::to_json(planned).dump(2) + "\n" : report::to_table(planned)) << std::flush;
        if (planned.cluster) study::require_fit(subject, *planned.cluster); // what does not fit is shown, and refused
    });
    return ExitCode::done;
}

} // namespace

void add_plan(CLI::App& app, Verb& chosen)
{
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand(
        "plan", "Time and memory of a run on a cluster, before there is one, and the cheapest machines for it");
    options->study.properties = parse_verb("analyze");
    add_image_options(*command, options->study.image, true);
    add_subject_options(*command, *options);
    add_cluster_options(*command, *options);
    add_method_options(*command, options->study, "1e-4 of the diffusivity, 1e-3 of the permeability");
    add_grid_options(*command, options->study);
    command->callback([&chosen, options] {
        check(*options);
        chosen = [options](const parallel::Communicator& comm) { return plan(comm, *options); };
    });
}

} // namespace lapilli::cli
