// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/child_process.hpp"

#include "error.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

namespace lapilli::cli {

namespace {

constexpr double until_kill_s = 10;
constexpr double margin_s = 1; // for ranks that end themselves when the grace is over
constexpr int could_not_start = 127;

/// Signals that are waited for instead of delivered, until the end of the scope.
class BlockedSignals {
public:
    BlockedSignals()
    {
        sigemptyset(&signals_);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGCHLD}) sigaddset(&signals_, signal);
        sigprocmask(SIG_BLOCK, &signals_, &before_);
    }
    ~BlockedSignals() { restore(); }
    BlockedSignals(const BlockedSignals&) = delete;
    BlockedSignals& operator=(const BlockedSignals&) = delete;

    void restore() const { sigprocmask(SIG_SETMASK, &before_, nullptr); }
    /// The next of them; 0 after `seconds`.
    int wait(double seconds) const
    {
        const auto whole = static_cast<std::time_t>(seconds);
        const timespec timeout{whole, static_cast<long>((seconds - static_cast<double>(whole)) * 1e9)};
        const int signal = sigtimedwait(&signals_, nullptr, &timeout);
        return signal > 0 ? signal : 0;
    }

private:
    sigset_t signals_{};
    sigset_t before_{};
};

[[noreturn]] void become(const std::vector<std::string>& command, const BlockedSignals& blocked, pid_t parent)
{
    setpgid(0, 0); // Ctrl-C of the terminal must reach it once, through the parent: mpirun takes a second one as an order to
                   // give up
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    blocked.restore();
    if (getppid() != parent) _exit(could_not_start);
    if (const int nothing = open("/dev/null", O_RDONLY); nothing >= 0) dup2(nothing, STDIN_FILENO);
    std::vector<char*> words;
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    execv(words.front(), words.data());
    _exit(could_not_start);
}

} // namespace

Ending run_child(const std::vector<std::string>& command, double grace_s)
{
    const BlockedSignals blocked;
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child < 0)
        throw failure("cannot start {}: {}; free some memory or processes", command.front(), std::strerror(errno));
    if (child == 0) become(command, blocked, parent);

    Ending ending;
    int status = 0;
    const int orders[] = {SIGUSR1, SIGTERM, SIGKILL};
    const double patience_s[] = {until_kill_s, grace_s + margin_s, until_kill_s};
    for (std::size_t given = 0; waitpid(child, &status, WNOHANG) == 0;) {
        const int signal = blocked.wait(patience_s[std::min<std::size_t>(given, 2)]);
        if (signal == SIGCHLD || (signal == 0 && given == 0)) continue;
        if (given == 0) ending.stopped_by = signal;
        kill(child, orders[std::min<std::size_t>(given++, 2)]);
    }
    ending.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (ending.code == could_not_start) throw failure("cannot start {}; repair it, or use --ranks 1", command.front());
    return ending;
}

} // namespace lapilli::cli
