// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/isolated_process.hpp"

#include "core/error.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lapilli::format {

bool Pipe::put(std::span<const std::byte> bytes) const
{
    while (!bytes.empty()) {
        const ssize_t count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes = bytes.subspan(count);
    }
    return true;
}

bool Pipe::take(std::span<std::byte> bytes) const
{
    while (!bytes.empty()) {
        const ssize_t count = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes = bytes.subspan(count);
    }
    return true;
}

bool Pipe::put(const std::string& text) const
{
    return put_value(text.size()) && put(std::as_bytes(std::span(text.data(), text.size())));
}

bool Pipe::take(std::string& text) const
{
    std::size_t size = 0;
    if (!take_value(size)) return false;
    text.resize(size);
    return take(std::as_writable_bytes(std::span(text.data(), text.size())));
}

namespace {

/// A message of one byte, with room for a descriptor beside it.
struct FileMessage {
    FileMessage()
    {
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
    }
    FileMessage(const FileMessage&) = delete;
    FileMessage& operator=(const FileMessage&) = delete;

    char byte = 0;
    iovec part{&byte, 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
};

} // namespace

bool Pipe::put_file(int file) const
{
    FileMessage with;
    cmsghdr* head = CMSG_FIRSTHDR(&with.message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof file);
    std::memcpy(CMSG_DATA(head), &file, sizeof file);
    return ::sendmsg(descriptor_, &with.message, MSG_NOSIGNAL) == 1;
}

int Pipe::take_file() const
{
    FileMessage with;
    ssize_t count = 0;
    do count = ::recvmsg(descriptor_, &with.message, MSG_CMSG_CLOEXEC);
    while (count < 0 && errno == EINTR);
    const cmsghdr* head = CMSG_FIRSTHDR(&with.message);
    int file = -1;
    if (count == 1 && head != nullptr && head->cmsg_type == SCM_RIGHTS) std::memcpy(&file, CMSG_DATA(head), sizeof file);
    return file;
}

void Pipe::give_up_after(int seconds) const
{
    const timeval time{seconds, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

bool Pipe::wait(int seconds) const
{
    pollfd come{.fd = descriptor_, .events = POLLIN, .revents = 0};
    return ::poll(&come, 1, 1000 * seconds) != 0; // also where it fails, as what follows will then
}

pid_t spawn_itself(const char* name, int socket)
{
    std::string own_name = name, descriptor = std::to_string(socket);
    const std::array<char*, 3> arguments{own_name.data(), descriptor.data(), nullptr};
    posix_spawn_file_actions_t files{};
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, socket, socket); // that one is not closed
    for (const int output : {STDOUT_FILENO, STDERR_FILENO})
        if (output != socket) ::posix_spawn_file_actions_addopen(&files, output, "/dev/null", O_WRONLY, 0);
    pid_t process = -1;
    const int reason = ::posix_spawn(&process, "/proc/self/exe", &files, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&files);
    errno = reason;
    return reason == 0 ? process : -1;
}

void live_isolated()
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (const int crash : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTERM, SIGUSR1}) std::signal(crash, SIG_DFL);
    for (const int stop : {SIGINT, SIGHUP}) std::signal(stop, SIG_IGN); // a terminal gives them to all of its processes
    constexpr rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
}

IsolatedProcess::IsolatedProcess(const StartProcess& start)
{
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0) process_ = start(ends[1]);
    const int reason = errno;
    if (ends[1] >= 0) ::close(ends[1]);
    socket_ = ends[0];
    if (process_ > 0) return;
    if (socket_ >= 0) ::close(socket_);
    throw failure("cannot start a process to read with: {}; run again when that is mended", std::strerror(reason));
}

IsolatedProcess::~IsolatedProcess()
{
    ::close(socket_);
    if (process_ < 0) return;
    ::kill(process_, SIGKILL);
    signal();
}

int IsolatedProcess::signal()
{
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

} // namespace lapilli::format
