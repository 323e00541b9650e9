// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/serve.hpp"

#include "cli/option.hpp"
#include "serve/serve.hpp"
#include "text/small_letters.hpp"
#include "text/units.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace lapilli::cli {

namespace {

void add_options(CLI::App& command, serve::Options& options)
{
    auto* folder = command.add_option("DIR", options.folder,
                                      "folder below which the result folders lie, up to eight levels, e.g. runs");
    folder->type_name("")->group("Results");
    offer(*folder, "folders");
    const Group network(command, "Network");
    network.add("--listen", "ADDRESS:PORT",
                "where to listen (default: 127.0.0.1:8080, which only this machine reaches); port 0 is any that is free",
                [&](const auto& text) { options.listen = serve::parse_endpoint(text); });
    network.add("--probes", "ADDRESS:PORT",
                "where /healthz, /readyz and /metrics are, for Kubernetes and Prometheus (default: nowhere)",
                [&](const auto& text) { options.probes = serve::parse_endpoint(text); });
    network.add_list("--host", "NAME",
                     "a name that browsers may call it by, beside localhost and addresses in numbers; repeat it for several",
                     [&](const auto& names) {
                         for (const auto& name : names) options.hosts.push_back(text::small_letters(name));
                     });
    network.add_list("--trust", "ADDRESS",
                     "of a proxy, or a network of proxies, e.g. 10.42.0.0/16, which may have more than 64 connections; "
                     "repeat it for several",
                     [&](const auto& addresses) {
                         for (const auto& address : addresses) options.trusted.emplace_back(address);
                     });
    network.add("--drain", "TIME", "how long it goes on after SIGTERM, so that proxies learn of it (default: 0s), e.g. 5s",
                [&](const auto& text) { options.drain_s = text::parse_duration(text); });
}

} // namespace

void add_serve(CLI::App& app, SerialVerb& chosen)
{
    const auto options = std::make_shared<serve::Options>();
    auto* command =
        app.add_subcommand("serve", "Show the runs below a folder to browsers, live, read-only, e.g. serve runs");
    add_options(*command, *options);
    command->callback([&chosen, options] {
        if (options->folder.empty())
            throw input_error("no folder is given; expected the one below which the results lie, e.g. runs");
        chosen = [options] {
            serve::serve(*options, [](const std::string& line) { std::cout << line << std::endl; });
            return ExitCode::done;
        };
    });
}

} // namespace lapilli::cli
