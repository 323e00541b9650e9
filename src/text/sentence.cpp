// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/sentence.hpp"

#include <fmt/format.h>

namespace lapilli::text {

std::string grouped(std::int64_t number)
{
    const std::string digits = std::to_string(number);
    std::string words;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const bool between = i > 0 && digits[i - 1] != '-' && (digits.size() - i) % 3 == 0;
        if (between) words += ' ';
        words += digits[i];
    }
    return words;
}

std::string bytes_text(std::int64_t bytes)
{
    double value = bytes;
    const char* unit = "bytes";
    for (const char* larger : {"kB", "MB", "GB", "TB"}) {
        if (value < 999.5) break;
        value /= 1000;
        unit = larger;
    }
    return fmt::format("{:.3g} {}", value, unit);
}

std::string duration_text(double seconds)
{
    if (seconds < 1) return "< 1 s";
    if (seconds < 100) return fmt::format("{:.0f} s", seconds);
    return seconds < 6000 ? fmt::format("{:.0f} min", seconds / 60) : fmt::format("{:.1f} h", seconds / 3600);
}

std::string about_text(double seconds) { return seconds < 1 ? "less than 1 s" : "about " + duration_text(seconds); }

std::string length_text(double metres)
{
    if (metres < 1e-6) return fmt::format("{:.4g} nm", metres * 1e9);
    if (metres < 1e-3) return fmt::format("{:.4g} µm", metres * 1e6);
    return fmt::format("{:.4g} mm", metres * 1e3);
}

std::string edges_text(const VoxelEdges& metres)
{
    if (metres.cubic()) return length_text(metres.x);
    return fmt::format("{} x {} x {} (x, y, z)", length_text(metres.x), length_text(metres.y), length_text(metres.z));
}

std::string shape_text(const Shape& shape) { return fmt::format("{}x{}x{}", shape.nz, shape.ny, shape.nx); }

} // namespace lapilli::text
