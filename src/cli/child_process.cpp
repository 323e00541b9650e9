// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/child_process.hpp"

#include "error.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <thread>
#include <utility>

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

/// A pipe, and a thread that passes on to the standard output what comes through it.
class Relay {
public:
    Relay()
    {
        if (pipe2(ends_, O_CLOEXEC) != 0)
            throw failure("cannot make a pipe: {}; close some files or processes", std::strerror(errno));
    }
    ~Relay() { finish(); }
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    int entrance() const { return ends_[1]; } ///< for the child
    /// Once the child has the entrance, which is closed here.
    void begin()
    {
        close(std::exchange(ends_[1], -1));
        copier_ = std::thread([this] { copy(); });
    }
    /// Waits for the end of what comes; false where not all of it could be passed on.
    bool finish()
    {
        if (copier_.joinable()) copier_.join();
        for (int& end : ends_)
            if (end >= 0) close(std::exchange(end, -1));
        return complete_;
    }

private:
    /// To the end also where nothing can be passed on: whoever writes must not wait for ever.
    void copy()
    {
        std::array<char, 65536> bytes{};
        for (ssize_t count = 0; (count = next(bytes)) > 0;)
            for (ssize_t done = 0; complete_ && done < count;) {
                const ssize_t n = write(STDOUT_FILENO, bytes.data() + done, static_cast<std::size_t>(count - done));
                complete_ = n >= 0 || errno == EINTR;
                done += std::max<ssize_t>(n, 0);
            }
    }
    ssize_t next(std::array<char, 65536>& bytes) const
    {
        ssize_t count = 0;
        do {
            count = read(ends_[0], bytes.data(), bytes.size());
        } while (count < 0 && errno == EINTR);
        return count;
    }

    int ends_[2] = {-1, -1};
    bool complete_ = true; ///< belongs to the copier until it has ended
    std::thread copier_;
};

[[noreturn]] void become(const std::vector<std::string>& command, const BlockedSignals& blocked, int output, pid_t parent)
{
    setpgid(0, 0); // Ctrl-C of the terminal must reach it once, through the parent: mpirun takes a second one as an order to
                   // give up
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    blocked.restore();
    if (getppid() != parent) _exit(could_not_start);
    if (const int nothing = open("/dev/null", O_RDONLY); nothing >= 0) dup2(nothing, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
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
    Relay relay;
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child < 0)
        throw failure("cannot start {}: {}; free some memory or processes", command.front(), std::strerror(errno));
    if (child == 0) become(command, blocked, relay.entrance(), parent);
    relay.begin();

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
    ending.printed = relay.finish();
    if (ending.code == could_not_start) throw failure("cannot start {}; repair it, or use --ranks 1", command.front());
    return ending;
}

} // namespace lapilli::cli
