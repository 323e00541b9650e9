// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/host_names.hpp"

#include "text/small_letters.hpp"

#include <algorithm>

#include <arpa/inet.h>

namespace lapilli::serve {

namespace {

bool is_port(std::string_view text)
{
    return text.size() <= 5 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_address(int family, const std::string& text)
{
    in6_addr address{};
    return ::inet_pton(family, text.c_str(), &address) == 1;
}

} // namespace

bool HostNames::allow(std::string_view host) const
{
    if (std::ranges::find(names_, "*") != names_.end()) return true;
    if (host.starts_with('[')) {
        const auto end = host.find(']');
        if (end == std::string_view::npos) return false;
        const auto rest = host.substr(end + 1);
        return (rest.empty() || (rest[0] == ':' && is_port(rest.substr(1)))) &&
               is_address(AF_INET6, std::string(host.substr(1, end - 1)));
    }
    const auto colon = host.rfind(':');
    if (colon != std::string_view::npos && !is_port(host.substr(colon + 1))) return false;
    const auto name = text::small_letters(std::string(host.substr(0, colon)));
    return name == "localhost" || is_address(AF_INET, name) || std::ranges::find(names_, name) != names_.end();
}

} // namespace lapilli::serve
