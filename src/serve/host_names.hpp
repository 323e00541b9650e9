// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lapilli::serve {

/// By which names a browser may call this server. A page of somebody else can give its own name the address of this machine
/// (DNS rebinding), and its script could then read what is served here: its requests carry that name. So an address in
/// numbers may stand there, which no name server can bend, localhost, and what the owner names.
class HostNames {
public:
    explicit HostNames(std::vector<std::string> names) : names_(std::move(names)) {}

    /// @param host  as the request has it, with or without a port
    bool allow(std::string_view host) const;

private:
    std::vector<std::string> names_;
};

} // namespace lapilli::serve
