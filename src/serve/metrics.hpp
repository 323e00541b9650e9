// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace lapilli::serve {

/// What is counted while the server runs; written by several threads. As text for Prometheus.
class Metrics {
public:
    std::atomic<std::int64_t> connections{0}; ///< open
    std::atomic<std::int64_t> refused_connections{0};
    std::atomic<std::int64_t> bytes_sent{0};
    std::atomic<std::int64_t> planes_read{0}, planes_cached{0};

    void count(int status, double seconds);

    /// @param own  further lines, of what others count
    std::string text(const std::string& own) const;

private:
    static constexpr std::array bounds_s{0.001, 0.005, 0.025, 0.1, 0.5, 2.0};

    std::array<std::atomic<std::int64_t>, 6> by_class_{}; ///< by the first digit of the status
    std::array<std::atomic<std::int64_t>, bounds_s.size() + 1> by_time_{};
    std::atomic<std::int64_t> microseconds_{0};
};

/// "# HELP …", "# TYPE …" and the value.
std::string metric(const char* name, const char* kind, const char* help, double value);

} // namespace lapilli::serve
