// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/utc_time.hpp"

#include <ctime>
#include <string_view>

namespace lapilli::text {

std::string utc_now()
{
    const std::time_t time = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&time, &utc);
    char text[32] = {};
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

std::optional<double> utc_seconds(const std::string& text)
{
    std::tm time{};
    const char* end = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &time);
    if (end == nullptr) return std::nullopt;
    double fraction = 0;
    if (*end == '.')
        for (double place = 0.1; *++end >= '0' && *end <= '9'; place *= 0.1) fraction += place * (*end - '0');
    if (std::string_view(end) != "Z") return std::nullopt;
    return static_cast<double>(::timegm(&time)) + fraction;
}

} // namespace lapilli::text
