// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

namespace lapilli::checkpoint {

inline constexpr std::chrono::milliseconds beat_period = std::chrono::seconds(10);

/// Shows others that this process is alive, however long its work is silent: while it lives, the time of a file is renewed
/// every beat_period, by a thread that does nothing else. The file that stood under the name at the beginning, that is:
/// another that has taken its place since is left alone. One rank, not collective; where that fails, nobody is told.
class Beat {
public:
    explicit Beat(const std::filesystem::path& file, std::chrono::milliseconds period = beat_period);
    ~Beat();
    Beat(const Beat&) = delete;
    Beat& operator=(const Beat&) = delete;

private:
    void beat(const std::stop_token& stop);

    int descriptor_ = -1;
    std::chrono::milliseconds period_;
    std::mutex mutex_;
    std::condition_variable_any stopped_;
    std::jthread thread_;
};

} // namespace lapilli::checkpoint
