// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/hdf5/hdf5_apart.hpp"
#include "scratch.hpp"

#include <functional>
#include <utility>

#include <unistd.h>

namespace lapilli::test {

/// Starts a copy of this process that does some work.
inline format::StartProcess copied_process(std::function<void(const format::Pipe&)> work)
{
    return [work = std::move(work)](int socket) {
        const pid_t process = ::fork();
        if (process != 0) return process;
        work(format::Pipe(socket));
        ::_exit(0);
    };
}

/// All labels of the only dataset; a copy is started sooner than the process that usually reads them.
inline Labels read_hdf5_in_a_copy(const std::string& path)
{
    const auto start = copied_process([](const format::Pipe& pipe) { format::serve_hdf5(pipe); });
    const auto reader = format::open_hdf5_apart(path, "", start);
    return read_planes(*reader, {0, reader->description().shape.nz});
}

} // namespace lapilli::test
