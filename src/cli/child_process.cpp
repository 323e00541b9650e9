// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/child_process.hpp"

#include "error.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace lapilli::cli {

namespace {

constexpr int grace_s = 10;
constexpr int could_not_start = 127;

/// Signals that are waited for instead of delivered, until the end of the scope.
class BlockedSignals {
public:
    BlockedSignals()
    {
        sigemptyset(&signals_);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&signals_, signal);
        sigprocmask(SIG_BLOCK, &signals_, &before_);
    }
    ~BlockedSignals() { restore(); }
    BlockedSignals(const BlockedSignals&) = delete;
    BlockedSignals& operator=(const BlockedSignals&) = delete;

    void restore() const { sigprocmask(SIG_SETMASK, &before_, nullptr); }
    /// The next of them; 0 after `seconds`.
    int wait(int seconds) const
    {
        const timespec timeout{seconds, 0};
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

Ending run_child(const std::vector<std::string>& command)
{
    const BlockedSignals blocked;
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child < 0)
        throw failure("cannot start {}: {}; free some memory or processes", command.front(), std::strerror(errno));
    if (child == 0) become(command, blocked, parent);

    Ending ending;
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        const int signal = blocked.wait(grace_s);
        if (signal == 0 && ending.stopped_by != 0) kill(child, SIGKILL);
        if (signal == 0 || signal == SIGCHLD || ending.stopped_by != 0) continue;
        ending.stopped_by = signal;
        kill(child, signal == SIGHUP ? SIGTERM : signal); // mpirun does not know SIGHUP
    }
    ending.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (ending.code == could_not_start) throw failure("cannot start {}; repair it, or use --ranks 1", command.front());
    return ending;
}

} // namespace lapilli::cli
