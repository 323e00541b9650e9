// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/answer_head.hpp"

#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <array>
#include <ctime>

namespace lapilli::serve {

namespace {

/// "Sun, 29 Nov 2026 17:45:44 GMT", in English in every locale.
std::string date_text()
{
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                       months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
                       utc.tm_sec);
}

bool has(const Answer& answer, const char* name)
{
    return std::ranges::any_of(answer.heads, [&](const auto& head) { return head.first == name; });
}

} // namespace

std::string head_text(const Answer& answer, bool keep_alive)
{
    const auto status = static_cast<boost::beast::http::status>(answer.status);
    const auto reason = boost::beast::http::obsolete_reason(status);
    std::string text = fmt::format("HTTP/1.1 {} {}\r\n", answer.status, std::string(reason.data(), reason.size()));
    const auto add = [&](const char* name, const std::string& value) { text += fmt::format("{}: {}\r\n", name, value); };
    add("Date", date_text());
    add("Server", "lapilli");
    if (answer.status != 304) {
        add("Content-Type", answer.type);
        add("Content-Length", std::to_string(answer.size()));
    }
    if (answer.status == 405) add("Allow", "GET, HEAD");
    if (answer.status == 503) add("Retry-After", "1");
    if (!has(answer, "Cache-Control")) add("Cache-Control", "no-cache");
    if (!has(answer, "Content-Security-Policy"))
        add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    add("X-Content-Type-Options", "nosniff");
    add("Referrer-Policy", "no-referrer");
    add("Cross-Origin-Resource-Policy", "same-origin");
    add("Cross-Origin-Opener-Policy", "same-origin");
    if (!keep_alive) add("Connection", "close");
    for (const auto& [name, value] : answer.heads) text += fmt::format("{}: {}\r\n", name, value);
    return text + "\r\n";
}

} // namespace lapilli::serve
