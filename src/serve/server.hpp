// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/host_names.hpp"
#include "serve/metrics.hpp"
#include "serve/options.hpp"
#include "serve/request.hpp"

#include <functional>
#include <string>

namespace lapilli::serve {

/// What a server asks of what it serves.
struct Service {
    Handler answer;
    std::function<std::string()> not_ready; ///< why it should not be asked now; empty where it should
    std::function<std::string()> own_metrics;
};

/// Answers requests until SIGTERM or SIGINT. One thread looks after all connections, so that a client who is slow costs a
/// few kB and no thread; two more make the answers, and one those that take long. Probes have a thread and a port of their
/// own.
/// @param say  is told where it listens, once it does
/// @throws Error it cannot listen there
void run_server(const Options& options, const Service& service, Metrics& metrics,
                const std::function<void(const std::string&)>& say);

} // namespace lapilli::serve
