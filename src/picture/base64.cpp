// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "picture/base64.hpp"

#include <algorithm>
#include <cstdint>

namespace lapilli::picture {

namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

std::string base64(std::string_view bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t word = 0;
        for (std::size_t b = 0; b < 3; ++b) word = word << 8U | (b < count ? static_cast<unsigned char>(bytes[i + b]) : 0U);
        for (std::size_t c = 0; c < 4; ++c) text += c <= count ? letters[word >> (18 - 6 * c) & 63U] : '=';
    }
    return text;
}

bool is_base64(std::string_view text)
{
    if (text.empty() || text.size() % 4 != 0) return false;
    const auto end = text.find_last_not_of('=');
    return end != std::string_view::npos && text.size() - end <= 3 &&
           text.substr(0, end + 1).find_first_not_of(letters) == std::string_view::npos;
}

} // namespace lapilli::picture
