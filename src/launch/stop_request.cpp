// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "launch/stop_request.hpp"

#include "file/pending_name.hpp"
#include "terminal/terminal.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <ctime>

namespace lapilli::launch {

namespace {

// What a signal handler works with; it can be given nothing.
std::atomic<int> first_signal{0};
std::atomic<std::int64_t> first_at_ns{0};
std::atomic<bool> later{false};
std::atomic<bool> live_line{false};
std::atomic<int> grace_whole_s{0};

std::int64_t now_ns()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * std::int64_t{1000000000} + now.tv_nsec;
}

/// As the signal would have ended it; SIGUSR1, as SIGTERM.
void end_now(int signal)
{
    if (live_line) terminal::clear_line_in_handler();
    file::remove_pending_in_handler();
    if (signal == SIGUSR1) _exit(stopped_exit_code(signal));
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

/// Only calls that are allowed in a signal handler.
void on_signal(int signal)
{
    int none = 0;
    const bool first = first_signal.compare_exchange_strong(none, signal);
    if (!later || (!first && signal == SIGINT)) return end_now(signal);
    if (!first) return;
    first_at_ns = now_ns();
    alarm(grace_whole_s);
}

void on_alarm(int /*signal*/)
{
    if (live_line) terminal::clear_line_in_handler();
    file::remove_pending_in_handler();
    _exit(stopped_exit_code(first_signal));
}

} // namespace

void stop_at_signals(double grace_s)
{
    grace_whole_s = std::clamp(std::ceil(grace_s), 1.0, 1e9); // 0 would be no alarm
    live_line = terminal::stderr_is_terminal();
    terminal::live_line_end(); // looked at before a handler needs it
    for (const int signal : {SIGUSR1, SIGTERM, SIGINT, SIGHUP, SIGALRM}) {
        struct sigaction action {};
        sigaction(signal, nullptr, &action);
        if (action.sa_handler == SIG_IGN) continue; // as nohup asks
        action.sa_handler = signal == SIGALRM ? on_alarm : on_signal;
        action.sa_flags = SA_RESTART;
        sigaction(signal, &action, nullptr);
    }
}

DeferredStop::DeferredStop() { later = true; }
DeferredStop::~DeferredStop() { later = false; }

bool DeferredStop::requested() const { return first_signal != 0; }

double DeferredStop::grace_left_s() const
{
    const auto since = first_signal == 0 ? 0 : now_ns() - first_at_ns;
    return grace_whole_s - since * 1e-9;
}

int stopped_exit_code(int signal) { return 128 + (signal == SIGUSR1 || signal == 0 ? SIGTERM : signal); }

int stopped_exit_code() { return stopped_exit_code(first_signal); }

} // namespace lapilli::launch
