// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "top/screen.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace lapilli::top {

namespace {

constexpr std::string_view enter_page = "\x1b[?1049h\x1b[?25l", leave_page = "\x1b[?25h\x1b[?1049l";

// What a signal handler works with; it can be given nothing.
termios before{};
termios live{};

/// Whether all arrived. Allowed in a signal handler.
bool write_all(std::string_view text)
{
    while (!text.empty()) {
        const auto written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written < 0 && errno != EINTR) return false;
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void enter()
{
    tcsetattr(STDIN_FILENO, TCSADRAIN, &live);
    write_all(enter_page);
}

void leave()
{
    write_all(leave_page);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
}

void end_by(int signal)
{
    leave();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void pause_by(int /*signal*/)
{
    leave();
    std::raise(SIGSTOP);
    enter();
}

void note_size(int /*signal*/) {} // poll ends, and the page is drawn anew

constexpr std::array ending_signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

void handle(int signal, void (*handler)(int))
{
    struct sigaction action {};
    sigaction(signal, nullptr, &action);
    if (handler == end_by && action.sa_handler == SIG_IGN) return; // as nohup asks
    action.sa_handler = handler;
    action.sa_flags = 0;
    sigaction(signal, &action, nullptr);
}

winsize size_of_screen()
{
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
        size = {.ws_row = 24, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0};
    return size;
}

constexpr std::array<std::pair<std::string_view, Key>, 16> keys{{
    {"\x1b[A", Key::up},
    {"\x1bOA", Key::up},
    {"\x1b[B", Key::down},
    {"\x1bOB", Key::down},
    {"\x1b[5~", Key::page_up},
    {"\x1b[6~", Key::page_down},
    {"\x1b[D", Key::back},
    {"\x1bOD", Key::back},
    {"\r", Key::enter},
    {"\n", Key::enter},
    {"q", Key::quit},
    {"s", Key::sort},
    {"k", Key::up},
    {"j", Key::down},
    {"\x7f", Key::back},
    {"\b", Key::back},
}};

} // namespace

Screen::Screen()
{
    tcgetattr(STDIN_FILENO, &before);
    live = before;
    live.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    live.c_cc[VMIN] = 1;
    live.c_cc[VTIME] = 0;
    for (const int signal : ending_signals) handle(signal, end_by);
    handle(SIGTSTP, pause_by);
    handle(SIGWINCH, note_size);
    enter();
}

Screen::~Screen()
{
    leave();
    for (const int signal : ending_signals) std::signal(signal, SIG_DFL);
    std::signal(SIGTSTP, SIG_DFL);
    std::signal(SIGWINCH, SIG_DFL);
}

bool Screen::possible()
{
    const char* term = std::getenv("TERM");
    if (term == nullptr || *term == '\0' || std::string_view(term) == "dumb") return false;
    return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
}

std::size_t Screen::columns() const { return size_of_screen().ws_col; }
std::size_t Screen::rows() const { return size_of_screen().ws_row; }

void Screen::draw(const std::vector<std::string>& lines) const
{
    std::string page = "\x1b[H";
    for (const auto& line : lines) page += (&line == &lines.front() ? "" : "\n") + line + "\x1b[K";
    write_all(page + "\x1b[J");
}

/// A lone escape is a key of its own: what begins a sequence brings the rest along.
Key Screen::take_key()
{
    for (const auto& [bytes, key] : keys)
        if (typed_.starts_with(bytes)) {
            typed_.erase(0, bytes.size());
            return key;
        }
    const bool escape = typed_ == "\x1b";
    // a sequence that is not known goes as a whole
    const auto rest = typed_.starts_with("\x1b[") ? typed_.find_first_of("~ABCDEFGHPQRSZ", 2) : 0;
    typed_.erase(0, rest == std::string::npos ? rest : rest + 1);
    return escape ? Key::back : Key::none;
}

Key Screen::wait(double seconds)
{
    if (typed_.empty()) {
        pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
        if (::poll(&input, 1, static_cast<int>(1000 * seconds)) <= 0) return Key::none;
        std::array<char, 64> bytes{};
        const auto got = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        if (got <= 0) return got < 0 && errno == EINTR ? Key::none : Key::quit;
        typed_.assign(bytes.data(), static_cast<std::size_t>(got));
    }
    return take_key();
}

} // namespace lapilli::top
