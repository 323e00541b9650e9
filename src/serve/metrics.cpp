// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lapilli::serve {

void Metrics::count(int status, double seconds)
{
    ++by_class_[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))];
    ++by_time_[static_cast<std::size_t>(std::ranges::lower_bound(bounds_s, seconds) - bounds_s.begin())];
    microseconds_ += static_cast<std::int64_t>(seconds * 1e6);
}

std::string metric(const char* name, const char* kind, const char* help, double value)
{
    return fmt::format("# HELP lapilli_{0} {1}\n# TYPE lapilli_{0} {2}\nlapilli_{0} {3}\n", name, help, kind, value);
}

std::string Metrics::text(const std::string& own) const
{
    const auto number = [](const std::atomic<std::int64_t>& value) { return static_cast<double>(value.load()); };
    std::string text = metric("connections", "gauge", "connections that are open", number(connections));
    text += metric("refused_connections_total", "counter", "connections beyond the limits", number(refused_connections));
    text += metric("sent_bytes_total", "counter", "bytes of bodies that were sent", number(bytes_sent));
    text += metric("planes_read_total", "counter", "planes of fields read from files", number(planes_read));
    text += metric("planes_cached_total", "counter", "pictures of planes that were there already", number(planes_cached));
    text += "# HELP lapilli_requests_total requests answered, by class of status\n# TYPE lapilli_requests_total counter\n";
    for (std::size_t digit = 2; digit < by_class_.size(); ++digit)
        text += fmt::format("lapilli_requests_total{{status=\"{}xx\"}} {}\n", digit, by_class_[digit].load());
    text += "# HELP lapilli_request_seconds time to make an answer\n# TYPE lapilli_request_seconds histogram\n";
    std::int64_t below = 0;
    for (std::size_t i = 0; i <= bounds_s.size(); ++i) {
        below += by_time_[i].load();
        const auto bound = i < bounds_s.size() ? fmt::format("{}", bounds_s[i]) : "+Inf";
        text += fmt::format("lapilli_request_seconds_bucket{{le=\"{}\"}} {}\n", bound, below);
    }
    text += fmt::format("lapilli_request_seconds_sum {}\nlapilli_request_seconds_count {}\n", number(microseconds_) * 1e-6,
                        below);
    return text + own;
}

} // namespace lapilli::serve
