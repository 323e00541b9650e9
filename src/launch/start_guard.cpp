// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "launch/start_guard.hpp"

#include "core/error.hpp"

#include <unistd.h>

#include <array>
#include <csignal>

namespace lapilli::launch {

namespace {

constexpr unsigned patience_s = 60; // MPI alone starts in 0.05 s
constexpr std::array fatal_signals{SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM};

/// Only calls that are allowed in a signal handler.
void on_fatal_signal(int signal)
{
    constexpr char crashed[] =
        "lapilli: error: MPI crashed when it started; expected an MPI that works here; install it anew\n";
    constexpr char hung[] =
        "lapilli: error: MPI did not start within 60 s; expected an MPI that works here; install it anew\n";
    [[maybe_unused]] const auto written =
        signal == SIGALRM ? write(STDERR_FILENO, hung, sizeof hung - 1) : write(STDERR_FILENO, crashed, sizeof crashed - 1);
    _exit(exit_status(ExitCode::failed));
}

} // namespace

StartGuard::StartGuard()
{
    for (const int signal : fatal_signals) std::signal(signal, on_fatal_signal);
    alarm(patience_s);
}

StartGuard::~StartGuard()
{
    alarm(0);
    for (const int signal : fatal_signals) std::signal(signal, SIG_DFL);
}

} // namespace lapilli::launch
