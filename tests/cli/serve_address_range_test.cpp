// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/error.hpp"
#include "serve/connections.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using serve::AddressRange;

TEST_CASE("a range of addresses is one of them or a network")
{
    CHECK(AddressRange("10.42.0.7").contains("10.42.0.7"));
    CHECK_FALSE(AddressRange("10.42.0.7").contains("10.42.0.6"));
    CHECK(AddressRange("10.42.0.0/16").contains("10.42.255.1"));
    CHECK_FALSE(AddressRange("10.42.0.0/16").contains("10.43.0.0"));
    CHECK(AddressRange("10.42.9.9/15").contains("10.43.0.1"));
    CHECK(AddressRange("0.0.0.0/0").contains("192.0.2.1"));
    CHECK_FALSE(AddressRange("0.0.0.0/0").contains("fd00::1"));
    CHECK(AddressRange("fd00::/8").contains("fdff::1"));
    CHECK_FALSE(AddressRange("fd00::/8").contains("fe80::1"));
    CHECK(AddressRange("::/0").contains("192.0.2.1"));
}

TEST_CASE("a port of both kinds sees addresses of IPv4 in those of IPv6")
{
    CHECK(AddressRange("10.42.0.0/16").contains("::ffff:10.42.0.7"));
    CHECK(AddressRange("::ffff:10.42.0.7").contains("10.42.0.7"));
    CHECK_FALSE(AddressRange("fe80::/10").contains("fe80::1%eth0")); // of the link, which is no proxy's
}

TEST_CASE("what is no address or network is refused")
{
    for (const auto* text :
         {"", "evil", "10.42.0", "10.42.0.0/", "10.42.0.0/33", "10.42.0.0/-1", "10.42.0.0/8/8", "fd00::/129", "/8"})
        CHECK_THROWS_AS(AddressRange(text), Error);
}

TEST_CASE("only proxies have more than 64 connections")
{
    serve::Connections connections({AddressRange("10.42.0.0/16")});
    std::vector<serve::Connections::Seat> seats;
    const auto take = [&](const std::string& address, std::size_t most) {
        std::size_t taken = 0;
        for (; taken < most; ++taken) {
            auto seat = connections.seat(address);
            if (!seat) break;
            seats.push_back(std::move(*seat));
        }
        return taken;
    };
    CHECK(take("192.0.2.1", 100) == 64);
    CHECK(take("10.42.3.4", 100) == 100);
    CHECK(take("10.42.3.5", 2000) == 1024 - 164);
    CHECK(connections.open() == 1024);
    seats.clear();
    CHECK(connections.open() == 0);
}
