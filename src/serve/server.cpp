// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/server.hpp"

#include "core/error.hpp"
#include "serve/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <csignal>
#include <thread>

namespace lapilli::serve {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::duration;

/// @throws Error
tcp::acceptor listen_at(asio::io_context& context, const Endpoint& endpoint)
{
    tcp::acceptor acceptor(context);
    try {
        const tcp::endpoint at(asio::ip::make_address(endpoint.address), endpoint.port);
        acceptor.open(at.protocol());
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        acceptor.bind(at);
        acceptor.listen(1024);
    } catch (const boost::system::system_error& error) {
        throw failure("cannot listen at {}: {}; name another address or port", endpoint_text(endpoint),
                      error.code().message());
    }
    return acceptor;
}

asio::awaitable<void> accept_all(tcp::acceptor& acceptor, Connections& connections, Shared& shared)
{
    const auto executor = co_await asio::this_coro::executor;
    while (acceptor.is_open()) {
        error_code error;
        auto socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted) co_return;
        if (error) { // no more descriptors, for example
            asio::steady_timer pause(executor, std::chrono::milliseconds(50));
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        const auto from = socket.remote_endpoint(error);
        if (error) continue; // gone again
        if (auto seat = connections.seat(from.address().to_string())) {
            asio::co_spawn(executor, serve_connection(std::move(socket), std::move(*seat), shared), asio::detached);
        } else {
            ++shared.metrics.refused_connections;
            turn_away(socket);
        }
    }
}

/// One port, its connections and the thread that looks after them.
struct Port {
    Port(const Endpoint& endpoint, const std::vector<AddressRange>& trusted, const Service& service, Metrics& metrics,
         const std::vector<std::string>& hosts)
        : connections(trusted), shared{service, metrics, HostNames(hosts)}, acceptor(listen_at(context, endpoint))
    {
        asio::co_spawn(context, accept_all(acceptor, connections, shared), asio::detached);
    }

    std::string address() const
    {
        const auto at = acceptor.local_endpoint();
        return endpoint_text({at.address().to_string(), at.port()});
    }
    /// From another thread or a handler: no further connections, and each one ends with its next answer.
    void drain()
    {
        shared.stopping = true;
        asio::post(context, [this] {
            error_code ignored;
            acceptor.close(ignored);
        });
    }

    /// Once nobody runs the context: who is still at work for a connection finishes before what he works for goes.
    void join()
    {
        shared.quick.join();
        shared.slow.join();
    }

    Connections connections;
    Shared shared;
    asio::io_context context{1}; ///< goes first, with the connections that are left
    tcp::acceptor acceptor;
};

/// Alive, ready, and what is counted. A probe that fails is an answer with 503, for a machine to read.
Service probes_of(const Service& service, const Metrics& metrics, const std::atomic<bool>& stopping)
{
    const auto text = [](int status, const std::string& words) {
        Answer answer{.status = status, .type = "text/plain; charset=utf-8"};
        answer.text = shared_text(words);
        return answer;
    };
    const auto answer = [=, &service, &metrics, &stopping](const Request& request) {
        const auto& parts = request.target.parts;
        const auto name = parts.size() == 1 ? parts[0] : "";
        if (name == "healthz") return text(200, "alive\n");
        if (name == "metrics") {
            auto counted = text(200, metrics.text(service.own_metrics()));
            counted.type = "text/plain; version=0.0.4; charset=utf-8";
            return counted;
        }
        if (name != "readyz") throw refusal(404, "there is no such page; expected /healthz, /readyz or /metrics");
        const auto reason = stopping ? "it is about to end" : service.not_ready();
        return reason.empty() ? text(200, "ready\n") : text(503, reason + "\n");
    };
    return {.answer = answer, .not_ready = [] { return std::string(); }, .own_metrics = [] { return std::string(); }};
}

/// The port of the probes, whose thread has nothing else to do; any name may stand in Host, which is a pod's address.
class Probes {
public:
    Probes(const Endpoint& endpoint, const Service& service, Metrics& metrics, const std::atomic<bool>& stopping)
        : service_(probes_of(service, metrics, stopping)), port_(endpoint, {}, service_, uncounted_, {"*"}),
          thread_([this] { port_.context.run(); })
    {
    }
    ~Probes()
    {
        port_.context.stop();
        thread_.join();
        port_.join();
    }
    Probes(const Probes&) = delete;
    Probes& operator=(const Probes&) = delete;

    std::string address() const { return port_.address(); }

private:
    Metrics uncounted_; ///< of the probes themselves
    Service service_;
    Port port_;
    std::thread thread_;
};

/// After a signal: as long as proxies may still send, then as long as it takes to finish what has begun, then the end.
asio::awaitable<void> end_at_signal(Port& port, double drain_s)
{
    constexpr std::chrono::seconds to_finish(5);
    const auto executor = co_await asio::this_coro::executor;
    asio::signal_set signals(executor, SIGTERM, SIGINT);
    co_await signals.async_wait(asio::use_awaitable);
    port.shared.stopping = true;
    asio::steady_timer timer(executor);
    timer.expires_after(std::chrono::duration_cast<std::chrono::nanoseconds>(duration<double>(drain_s)));
    error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    port.drain();
    for (const auto end = std::chrono::steady_clock::now() + to_finish;
         port.shared.at_work > 0 && std::chrono::steady_clock::now() < end;) {
        timer.expires_after(std::chrono::milliseconds(20));
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    port.context.stop();
}

} // namespace

void run_server(const Options& options, const Service& service, Metrics& metrics,
                const std::function<void(const std::string&)>& say)
{
    Port port(options.listen, options.trusted, service, metrics, options.hosts);
    std::optional<Probes> probes;
    if (options.probes) probes.emplace(*options.probes, service, metrics, port.shared.stopping);
    asio::co_spawn(port.context, end_at_signal(port, options.drain_s), asio::detached);
    say(fmt::format("serving {} at http://{}/", options.folder, port.address()));
    if (probes) say(fmt::format("probes and metrics at http://{}/", probes->address()));
    port.context.run();
    port.join();
}

} // namespace lapilli::serve
