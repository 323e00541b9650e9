// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <type_traits>

#include <sys/types.h>

namespace lapilli::format {

/// One end of a stream of bytes between two processes. Both functions are false when the other end is gone.
class Pipe {
public:
    explicit Pipe(int descriptor) : descriptor_(descriptor) {}

    bool put(std::span<const std::byte> bytes) const;
    bool take(std::span<std::byte> bytes) const;
    bool put(const std::string& text) const;
    bool take(std::string& text) const;
    /// An open file, for a process that may not open it, or shall not by its name. Who takes it has to close it; -1: none.
    bool put_file(int file) const;
    int take_file() const;
    /// Who waits longer than that for the other end takes it for gone.
    void give_up_after(int seconds) const;
    /// Whether within that time something comes from the other end, or its end.
    bool wait(int seconds) const;

    template <class T>
    bool put_value(const T& value) const
    {
        static_assert(std::is_trivially_copyable_v<T>);
        return put(std::as_bytes(std::span(&value, 1)));
    }
    template <class T>
    bool take_value(T& value) const
    {
        static_assert(std::is_trivially_copyable_v<T>);
        return take(std::as_writable_bytes(std::span(&value, 1)));
    }

private:
    int descriptor_;
};

/// This program once more, under a name (argv[0]) by which its `main` knows what it is for, with the number of the socket as
/// its argument; nothing that it prints is seen. Not by fork(): a copy would share the pages of this process, and what a
/// network card writes into memory that MPI has registered with it would then be lost to one of both. Returns the number of
/// the process, -1 with `errno` if there can be none.
pid_t spawn_itself(const char* name, int socket);

/// Starts a process that is given one end of a stream; returns what spawn_itself does.
using StartProcess = std::function<pid_t(int socket)>;

/// A process, and a stream to it. Killed with the object, and with this process.
class IsolatedProcess {
public:
    /// @throws Error there can be no further process
    explicit IsolatedProcess(const StartProcess& start);
    ~IsolatedProcess();
    IsolatedProcess(const IsolatedProcess&) = delete;
    IsolatedProcess& operator=(const IsolatedProcess&) = delete;

    Pipe pipe() const { return Pipe(socket_); }
    /// Waits for its end, by itself: the signal that ended it, 0 if none did.
    int signal();

private:
    pid_t process_ = -1;
    int socket_ = -1;
};

/// Makes this process one that ends with the one that started it, and in which a crash is its end at once, without a word or
/// a file. Signals to stop are for the other one.
void live_isolated();

} // namespace lapilli::format
