// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "launch/child_process.hpp"

#include "core/error.hpp"
#include "launch/process_tree.hpp"
#include "launch/relay.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <ctime>
#include <limits>

namespace lapilli::launch {

namespace {

constexpr double until_kill_s = 10;
constexpr double margin_s = 1;         // for ranks that end themselves when the grace is over
constexpr double look_s = 0.02;        // between two looks whether the ranks are there
constexpr double silent_start_s = 180; // large machines and slow disks take a minute
constexpr double failed_start_s = 4;   // after an error of mpirun, which then either ends or hangs
constexpr int could_not_start = 127;

double now_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Signals that are waited for instead of delivered, until the end of the scope.
class BlockedSignals {
public:
    BlockedSignals()
    {
        sigemptyset(&signals_);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGTSTP, SIGCHLD}) {
            struct sigaction action {};
            sigaction(signal, nullptr, &action);
            const bool ignored = action.sa_handler == SIG_IGN && (signal == SIGHUP || signal == SIGTSTP); // as nohup asks
            if (!ignored) sigaddset(&signals_, signal);
        }
        sigprocmask(SIG_BLOCK, &signals_, &before_);
    }
    ~BlockedSignals() { restore(); }
    BlockedSignals(const BlockedSignals&) = delete;
    BlockedSignals& operator=(const BlockedSignals&) = delete;

    void restore() const { sigprocmask(SIG_SETMASK, &before_, nullptr); }
    /// Stops this process as SIGTSTP does, until it is continued. Nothing where there is nobody who could do that.
    void stop_here() const
    {
        sigset_t one;
        sigemptyset(&one);
        sigaddset(&one, SIGTSTP);
        sigprocmask(SIG_UNBLOCK, &one, nullptr);
        raise(SIGTSTP);
        sigprocmask(SIG_BLOCK, &one, nullptr);
    }
    /// The next of them; 0 after `seconds`.
    int wait(double seconds) const
    {
        const std::time_t whole = seconds;
        const long rest_ns = (seconds - whole) * 1e9;
        const timespec timeout{whole, rest_ns};
        const int signal = sigtimedwait(&signals_, nullptr, &timeout);
        return signal > 0 ? signal : 0;
    }

private:
    sigset_t signals_{};
    sigset_t before_{};
};

[[noreturn]] void become(const std::vector<std::string>& command, const BlockedSignals& blocked, const Relay& relay,
                         pid_t parent)
{
    setpgid(0, 0); // Ctrl-C of the terminal must reach it once, through the parent: mpirun takes a second one as an order to
                   // give up
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    blocked.restore();
    if (getppid() != parent) _exit(could_not_start);
    if (const int nothing = open("/dev/null", O_RDONLY); nothing >= 0) dup2(nothing, STDIN_FILENO);
    dup2(relay.output_entrance(), STDOUT_FILENO);
    dup2(relay.error_entrance(), STDERR_FILENO);
    std::vector<char*> words;
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    execv(words.front(), words.data());
    _exit(could_not_start);
}

/// What is waited for until the ranks are there: not for ever.
class Start {
public:
    Start(Relay& relay, const std::function<bool()>& is_done) : relay_(relay), is_done_(is_done) {}

    bool done() const { return done_; }
    /// Asks whether they are; then what is said is passed on.
    void look()
    {
        if (done_ || !is_done_()) return;
        done_ = true;
        relay_.let_errors_pass();
    }
    /// Whether they will not come any more: mpirun has hung since it said what is wrong, or for minutes.
    bool failed()
    {
        if (done_) return false;
        const auto said = relay_.held();
        if (said.size() != length_) changed_s_ = now_s();
        length_ = said.size();
        const bool wrong = said.find("ERROR") != std::string::npos || said.find("Signal: ") != std::string::npos;
        return now_s() - changed_s_ > (wrong ? failed_start_s : silent_start_s);
    }
    void begin_anew() { changed_s_ = now_s(); }

private:
    Relay& relay_;
    const std::function<bool()>& is_done_;
    bool done_ = false;
    std::size_t length_ = 0;
    double changed_s_ = now_s();
};

/// Ctrl-Z: all of them stop, and go on when this process does. Returns how long that took [s].
double pause(pid_t child, const BlockedSignals& blocked)
{
    const double since_s = now_s();
    signal_tree(child, SIGSTOP); // mpirun would pass on nothing, and it has a process group of its own
    blocked.stop_here();
    signal_tree(child, SIGCONT);
    return now_s() - since_s;
}

/// Passes on signals until the child has ended. Returns what waitpid says.
int attend(pid_t child, double grace_s, const BlockedSignals& blocked, Relay& relay, Start& start, Ending& ending)
{
    constexpr double never = std::numeric_limits<double>::infinity();
    const int orders[] = {SIGUSR1, SIGTERM, SIGKILL};
    const double patience_s[] = {grace_s + margin_s, until_kill_s, until_kill_s};
    int status = 0;
    double until_s = never;
    for (std::size_t given = 0; waitpid(child, &status, WNOHANG) == 0;) {
        start.look();
        if (!ending.hung && start.failed()) {
            ending.hung = true;
            signal_tree(child, SIGKILL);
        }
        const int signal = blocked.wait(std::clamp(until_s - now_s(), 0.0, start.done() ? until_kill_s : look_s));
        if (signal == SIGTSTP) {
            until_s += pause(child, blocked);
            start.begin_anew();
            continue;
        }
        if (signal == SIGCHLD || (signal == 0 && now_s() < until_s)) continue;
        if (given == 0) {
            ending.stopped_by = signal;
            relay.let_own_errors_pass(); // mpirun 5 has a page to say about that
        }
        const auto order = std::min<std::size_t>(given++, 2);
        kill(child, orders[order]);
        until_s = now_s() + patience_s[order];
    }
    return status;
}

} // namespace

Ending run_child(const std::vector<std::string>& command, double grace_s, const std::function<bool()>& has_started)
{
    const BlockedSignals blocked;
    Relay relay;
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child < 0)
        throw failure("cannot start {}: {}; free some memory or processes", command.front(), std::strerror(errno));
    if (child == 0) become(command, blocked, relay, parent);
    relay.begin();

    Ending ending;
    Start start(relay, has_started);
    const int status = attend(child, grace_s, blocked, relay, start, ending);
    start.look();
    ending.started = start.done();
    ending.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ending.printed = relay.finish();
    ending.last_words = relay.held();
    if (ending.code == could_not_start) throw failure("cannot start {}; repair it, or use --ranks 1", command.front());
    return ending;
}

} // namespace lapilli::launch
