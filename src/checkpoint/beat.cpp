// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/beat.hpp"

#include <csignal>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lapilli::checkpoint {

Beat::Beat(const std::filesystem::path& file, std::chrono::milliseconds period)
    : descriptor_(::open(file.c_str(), O_WRONLY | O_CLOEXEC)), period_(period)
{
    if (descriptor_ < 0) return;
    sigset_t all, before; // signals are for the thread that works
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
        thread_ = std::jthread([this](const std::stop_token& stop) { beat(stop); });
    } catch (const std::system_error&) { // no more threads: others must do with the files that the work writes
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Beat::~Beat()
{
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
    if (descriptor_ >= 0) ::close(descriptor_);
}

void Beat::beat(const std::stop_token& stop)
{
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, stop, period_, [&] { return stop.stop_requested(); }))
        ::futimens(descriptor_, nullptr);
}

} // namespace lapilli::checkpoint
