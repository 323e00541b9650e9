// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/session.hpp"

#include "file/folder_files.hpp"
#include "serve/answer_head.hpp"
#include "serve/head.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>

#include <array>
#include <chrono>
#include <functional>

namespace lapilli::serve {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::awaitable;
using asio::redirect_error;
using asio::use_awaitable;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr seconds to_begin{75}; ///< how long a connection may rest between two requests
constexpr seconds for_head{10}; ///< a deadline for the whole head, so that a byte now and then does not hold it
constexpr seconds for_piece{60};
constexpr std::int64_t piece_bytes = 262'144;
constexpr int most_waiting_for_slow = 64;

// g++ 12 destroys temporary objects of an expression with co_await twice: here, whatever has a destructor has a name.

using Task = std::function<void()>;

awaitable<void> run_task(const Task* task)
{
    (*task)();
    co_return;
}

/// In a thread of the pool, while the connection waits.
awaitable<void> in_pool(asio::thread_pool& pool, const Task& task)
{
    auto work = run_task(&task);
    co_await asio::co_spawn(pool, std::move(work), use_awaitable);
}

/// What takes long waits for the others of its kind, and nobody else for it. answer_to throws nothing.
awaitable<Answer> answer_in_pool(Request& request, Shared& shared)
{
    Answer made;
    const Task answer = [&request, &shared, &made] { made = answer_to(request, shared.service.answer); };
    co_await in_pool(shared.quick, answer);
    if (made.status == later && shared.waiting_for_slow >= most_waiting_for_slow)
        made = error_answer(503, "too many pictures are asked for at once; ask again in a second");
    if (made.status != later) co_return made;
    request.patient = true;
    ++shared.waiting_for_slow;
    co_await in_pool(shared.slow, answer);
    --shared.waiting_for_slow;
    co_return made;
}

using Parts = std::array<asio::const_buffer, 2>;

/// Whether all of it has arrived.
awaitable<bool> send(beast::tcp_stream& stream, const Parts& parts, Metrics& metrics)
{
    beast::error_code error;
    stream.expires_after(for_piece);
    const auto sent = co_await asio::async_write(stream, parts, redirect_error(use_awaitable, error));
    metrics.bytes_sent += static_cast<std::int64_t>(sent);
    co_return !error;
}

awaitable<bool> send_file(beast::tcp_stream& stream, const FilePart& part, Shared& shared)
{
    for (std::int64_t sent = 0; sent < part.size;) {
        const auto size = std::min(piece_bytes, part.size - sent);
        std::string piece;
        const Task read = [&part, &piece, sent, size] {
            try {
                piece = file::read_text(part.file.get(), part.first + sent, size);
            } catch (const std::exception&) { // of a disk that fails; said by what is missing
            }
        };
        co_await in_pool(shared.quick, read);
        if (std::ssize(piece) != size) co_return false; // it has become shorter: who waits for the rest is told by the end
        const Parts parts{asio::buffer(piece), asio::const_buffer()};
        const bool arrived = co_await send(stream, parts, shared.metrics);
        if (!arrived) co_return false;
        sent += size;
    }
    co_return true;
}

awaitable<bool> send_answer(beast::tcp_stream& stream, const Answer& answer, bool head_only, bool keep_alive, Shared& shared)
{
    const auto head = head_text(answer, keep_alive);
    const bool with_text = answer.text && !head_only;
    const auto body = with_text ? asio::buffer(*answer.text) : asio::const_buffer();
    const Parts parts{asio::buffer(head), body};
    const bool sent = co_await send(stream, parts, shared.metrics);
    if (!sent || !answer.file || head_only) co_return sent;
    const bool all_sent = co_await send_file(stream, *answer.file, shared);
    co_return all_sent;
}

/// The client has left, or was too slow: there is nobody to answer.
bool is_gone(const beast::error_code& error)
{
    return error == beast::error::timeout || error == beast::http::error::end_of_stream ||
           error == beast::http::error::partial_message || (error && error.category() == asio::error::get_system_category());
}

class AtWork {
public:
    explicit AtWork(std::atomic<int>& count) : count_(count) { ++count_; }
    ~AtWork() { --count_; }
    AtWork(const AtWork&) = delete;
    AtWork& operator=(const AtWork&) = delete;

private:
    std::atomic<int>& count_;
};

/// Reads a head, refuses or answers it; whether the connection goes on.
awaitable<bool> serve_request(beast::tcp_stream& stream, beast::flat_buffer& buffer, Shared& shared)
{
    beast::error_code error;
    HeadParser parser;
    parser.header_limit(longest_head);
    parser.body_limit(0);
    stream.expires_after(for_head);
    co_await beast::http::async_read_header(stream, buffer, parser, redirect_error(use_awaitable, error));
    if (is_gone(error)) co_return false;
    const AtWork working(shared.at_work);
    const auto begin = Clock::now();
    Request request{.keep_alive = false};
    Answer answer;
    std::optional<Refusal> refused;
    try {
        if (error) throw refusal_of_head(error);
        request = read_head(parser, shared.hosts);
    } catch (const Refusal& refusal) { // a coroutine cannot wait in here
        refused = refusal;
    }
    if (refused) {
        request.head_only = !error && parser.get().method() == beast::http::verb::head;
        answer = error_answer(refused->status(), refused->what());
    } else {
        answer = co_await answer_in_pool(request, shared);
    }
    shared.metrics.count(answer.status, std::chrono::duration<double>(Clock::now() - begin).count());
    const bool keep_alive = request.keep_alive && !shared.stopping;
    const bool sent = co_await send_answer(stream, answer, request.head_only, keep_alive, shared);
    co_return sent&& keep_alive;
}

/// Waits for the first byte of the next request.
awaitable<bool> begins(beast::tcp_stream& stream, beast::flat_buffer& buffer)
{
    if (buffer.size() > 0) co_return true;
    beast::error_code error;
    stream.expires_after(to_begin);
    const auto count = co_await stream.async_read_some(buffer.prepare(4096), redirect_error(use_awaitable, error));
    buffer.commit(count);
    co_return !error;
}

} // namespace

awaitable<void> serve_connection(asio::ip::tcp::socket socket, Connections::Seat seat, Shared& shared)
{
    const auto counted = std::move(seat);
    ++shared.metrics.connections;
    beast::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    beast::tcp_stream stream(std::move(socket));
    beast::flat_buffer buffer(2 * longest_head);
    try {
        for (bool goes_on = true; goes_on;) { // g++ 12 waits on both sides of && and ||, whatever the first one says
            goes_on = co_await begins(stream, buffer);
            if (goes_on) goes_on = co_await serve_request(stream, buffer, shared);
        }
    } catch (const std::exception&) { // of one connection, which ends by it; there is nobody to tell
    }
    stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    --shared.metrics.connections;
}

void turn_away(asio::ip::tcp::socket& socket)
{
    const auto answer = error_answer(503, "there are too many connections; ask again in a second");
    const auto text = head_text(answer, false) + *answer.text;
    beast::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.send(asio::buffer(text), 0, ignored);
    socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

} // namespace lapilli::serve
