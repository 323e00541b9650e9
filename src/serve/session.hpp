// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/connections.hpp"
#include "serve/server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>

namespace lapilli::serve {

/// What all connections have in common.
struct Shared {
    const Service& service;
    Metrics& metrics;
    HostNames hosts;
    boost::asio::thread_pool quick{2}, slow{1};
    std::atomic<int> waiting_for_slow{0};
    std::atomic<int> at_work{0};       ///< requests that have come whole and are not yet answered
    std::atomic<bool> stopping{false}; ///< answers are the last of their connection
};

/// One connection, from its first byte to its end.
boost::asio::awaitable<void> serve_connection(boost::asio::ip::tcp::socket socket, Connections::Seat seat, Shared& shared);

/// Tells a client that there are too many, without waiting for him.
void turn_away(boost::asio::ip::tcp::socket& socket);

} // namespace lapilli::serve
