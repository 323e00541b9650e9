// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/address_range.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lapilli::serve {

/// Where a server listens: an address in numbers and a port, of which 0 is any that is free.
struct Endpoint {
    std::string address = "127.0.0.1";
    unsigned short port = 8080;
};

/// "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:80" or a port alone, on the loopback. @throws Error
Endpoint parse_endpoint(const std::string& text);
/// "127.0.0.1:8080", "[::1]:8080"
std::string endpoint_text(const Endpoint& endpoint);

struct Options {
    std::string folder; ///< below it lie the runs
    Endpoint listen;
    std::optional<Endpoint> probes;    ///< for Kubernetes and Prometheus
    std::vector<std::string> hosts;    ///< names that browsers may call it by, beside localhost and addresses in numbers
    std::vector<AddressRange> trusted; ///< where proxies are, which may have more connections than others
    double drain_s = 0;                ///< between a signal to stop and the end, to be taken off the lists of proxies
};

} // namespace lapilli::serve
