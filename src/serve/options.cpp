// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/options.hpp"

#include "core/error.hpp"
#include "text/words.hpp"

#include <arpa/inet.h>

namespace lapilli::serve {

namespace {

Error no_endpoint(const std::string& text)
{
    return input_error("'{}' is no address to listen at; expected ADDRESS:PORT in numbers, e.g. 127.0.0.1:8080, or a port",
                       text);
}

} // namespace

Endpoint parse_endpoint(const std::string& text)
{
    Endpoint endpoint;
    const auto colon = text.rfind(':');
    const auto port = text::number<unsigned short>(colon == std::string::npos ? text : text.substr(colon + 1));
    if (!port) throw no_endpoint(text);
    endpoint.port = *port;
    if (colon == std::string::npos) return endpoint;
    endpoint.address = text.substr(0, colon);
    in6_addr address{};
    if (endpoint.address.starts_with('[') && endpoint.address.ends_with(']')) {
        endpoint.address = endpoint.address.substr(1, endpoint.address.size() - 2);
        if (::inet_pton(AF_INET6, endpoint.address.c_str(), &address) != 1) throw no_endpoint(text);
    } else if (::inet_pton(AF_INET, endpoint.address.c_str(), &address) != 1) {
        throw no_endpoint(text);
    }
    return endpoint;
}

std::string endpoint_text(const Endpoint& endpoint)
{
    const bool six = endpoint.address.find(':') != std::string::npos;
    return fmt::format("{}{}{}:{}", six ? "[" : "", endpoint.address, six ? "]" : "", endpoint.port);
}

} // namespace lapilli::serve
