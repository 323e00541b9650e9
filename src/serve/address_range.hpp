// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <string>

namespace lapilli::serve {

/// One address, or all of a network. Those of IPv4 are ::ffff:a.b.c.d of IPv6, as a port of both sees them.
class AddressRange {
public:
    /// @param text  in numbers: "10.42.0.7", "10.42.0.0/16", "fd00::/8". @throws Error
    explicit AddressRange(const std::string& text);

    /// @param address  in numbers
    bool contains(const std::string& address) const;

private:
    std::array<unsigned char, 16> first_{};
    int bits_ = 128; ///< that are common to all
};

} // namespace lapilli::serve
