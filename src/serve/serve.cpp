// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/serve.hpp"

#include "serve/resources.hpp"
#include "serve/server.hpp"

#include <map>

namespace lapilli::serve {

namespace {

std::string metrics_of(const Site& site)
{
    const auto snapshot = site.index.snapshot();
    std::map<std::string, int> counts;
    for (const auto& row : snapshot->rows) ++counts[row->status];
    std::string text = metric("scan_seconds", "gauge", "time to look through the folder", snapshot->seconds);
    text += metric("reader_restarts_total", "counter", "times that the reader of fields had to be started again",
                   site.fields.restarts());
    text += metric("cached_bytes", "gauge", "finished pictures that are kept", static_cast<double>(site.pictures.bytes()));
    text += "# HELP lapilli_runs runs by state\n# TYPE lapilli_runs gauge\n";
    for (const auto& [status, count] : counts) text += fmt::format("lapilli_runs{{state=\"{}\"}} {}\n", status, count);
    return text;
}

} // namespace

void serve(const Options& options, const std::function<void(const std::string&)>& say)
{
    Metrics metrics;
    Site site(options.folder, metrics);
    const Service service{.answer = [&site](const Request& request) { return route(site, request); },
                          .not_ready = [&site] { return site.index.not_ready(); },
                          .own_metrics = [&site] { return metrics_of(site); }};
    run_server(options, service, metrics, say);
}

} // namespace lapilli::serve
