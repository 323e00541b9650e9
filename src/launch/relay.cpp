// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "launch/relay.hpp"

#include "core/error.hpp"
#include "terminal/terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <string_view>
#include <utility>

namespace lapilli::launch {

namespace {

constexpr std::size_t most_held = 1 << 20; // [B] who says more than that before it starts is not listened to any more

/// False where not all of it could be written.
bool write_all(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = write(file, bytes.data(), bytes.size());
        if (n < 0 && errno != EINTR) return false;
        bytes.remove_prefix(std::max<ssize_t>(n, 0));
    }
    return true;
}

/// To the standard error; that nobody reads it any more is no reason to end.
void say(std::string_view bytes)
{
    sigset_t pipe_signal, before;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    if (!write_all(STDERR_FILENO, bytes) && errno == EPIPE) {
        const timespec now{};
        sigtimedwait(&pipe_signal, nullptr, &now); // it is pending now, and must not be delivered
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void close_end(int& end)
{
    if (end >= 0) close(std::exchange(end, -1));
}

} // namespace

Relay::Relay()
{
    if (pipe2(output_.data(), O_CLOEXEC) != 0 || pipe2(error_.data(), O_CLOEXEC) != 0)
        throw failure("cannot make a pipe: {}; close some files or processes", std::strerror(errno));
}

Relay::~Relay() { finish(); }

void Relay::begin()
{
    close_end(output_[1]);
    close_end(error_[1]);
    copier_ = std::thread([this] { copy(); });
}

bool Relay::finish()
{
    if (copier_.joinable()) copier_.join();
    for (int* end : {&output_[0], &output_[1], &error_[0], &error_[1]}) close_end(*end);
    const std::lock_guard lock(turn_);
    if (errors_ != Errors::held) pass_lines(true);
    return complete_;
}

void Relay::copy()
{
    std::array<char, 65536> bytes{};
    std::array<pollfd, 2> sources{pollfd{error_[0], POLLIN, 0}, pollfd{output_[0], POLLIN, 0}};
    while (sources[0].fd >= 0 || sources[1].fd >= 0) { // poll skips what is negative
        if (poll(sources.data(), sources.size(), -1) < 0 && errno != EINTR) return;
        for (auto& source : sources) {
            if (source.fd < 0 || source.revents == 0) continue;
            const ssize_t count = read(source.fd, bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) {
                source.fd = -1;
                continue;
            }
            const std::string_view come(bytes.data(), count);
            if (source.fd == error_[0]) take_errors(come);
            // to the end also where nothing can be passed on: whoever writes must not wait for ever
            else
                complete_ = complete_ && write_all(STDOUT_FILENO, come);
        }
    }
}

void Relay::take_errors(std::string_view bytes)
{
    const std::lock_guard lock(turn_);
    held_ += bytes.substr(0, most_held - std::min(most_held, held_.size()));
    if (errors_ != Errors::held) pass_lines(false);
}

/// Lines, since what stands behind one decides whether its end belongs to it.
void Relay::pass_lines(bool at_end)
{
    if (at_end && errors_ == Errors::own && !held_.empty() && held_.back() != '\n') held_ += '\n';
    std::string passed;
    for (std::size_t end = 0; (end = held_.find('\n')) != std::string::npos;) {
        std::string_view line(held_.data(), end + 1);
        const bool own = line.find("lapilli: ") < 8; // behind what clears a line of the terminal
        const auto text = line.substr(0, end);
        if (text.ends_with(terminal::relayed_line_end)) line = text; // a live line
        if (own || errors_ == Errors::all) passed += line;
        held_.erase(0, end + 1);
    }
    if (at_end) passed += std::exchange(held_, {});
    say(passed);
}

void Relay::change(Errors errors)
{
    const std::lock_guard lock(turn_);
    if (errors_ == Errors::own) return; // for good
    errors_ = errors;
    if (errors != Errors::held) pass_lines(false);
}

void Relay::let_errors_pass() { change(Errors::all); }
void Relay::let_own_errors_pass() { change(Errors::own); }

std::string Relay::held() const
{
    const std::lock_guard lock(turn_);
    return held_;
}

} // namespace lapilli::launch
