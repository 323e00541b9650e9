// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/sentence.hpp"

#include <cerrno>
#include <system_error>

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

Error system_error(std::string_view verb, const std::string& path, int errno_value)
{
    const std::string reason = std::generic_category().message(errno_value);
    const auto refuse = [&](const char* advice) { return input_error("cannot {} {}: {}; {}", verb, path, reason, advice); };
    switch (errno_value) {
    case ENOENT:
    case ENOTDIR:
        return refuse("check the name and its folder");
    case EACCES:
    case EPERM:
        return refuse("check the permissions of the file and its folders");
    case EROFS:
        return refuse("choose a folder that can be written");
    case EISDIR:
        return refuse("name a file, not a folder");
    case ELOOP:
    case ENAMETOOLONG:
        return refuse("choose another name");
    case ENOSPC:
    case EDQUOT:
        return failure("cannot {} {}: {}; free some space and run again", verb, path, reason);
    default:
        return failure("cannot {} {}: {}; run again when that is mended", verb, path, reason);
    }
}

} // namespace lapilli::text
