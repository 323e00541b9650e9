// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "top/letters.hpp"

#include "text/text_table.hpp"

#include <array>
#include <cstdlib>
#include <utility>

namespace lapilli::top {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> spelled{
    {{"²", "^2"}, {"µ", "u"}, {"–", "-"}, {"±", "+-"}, {"…", "~"}, {"₀", "0"}}};

/// Bytes of the letter that the text begins with; 0 where it is no UTF-8.
std::size_t letter_bytes(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t bytes = first < 0x80   ? 1
                              : first < 0xC2 ? 0
                              : first < 0xE0 ? 2
                              : first < 0xF0 ? 3
                              : first < 0xF5 ? 4
                                             : 0;
    if (bytes == 0 || text.size() < bytes) return 0;
    for (std::size_t i = 1; i < bytes; ++i)
        if ((byte(i) & 0xC0U) != 0x80) return 0;
    return bytes;
}

/// C0, DEL and C1, which begin sequences that a terminal obeys.
bool is_control(std::string_view letter)
{
    const auto first = static_cast<unsigned char>(letter[0]);
    if (letter.size() == 2) return first == 0xC2 && static_cast<unsigned char>(letter[1]) < 0xA0;
    return letter.size() == 1 && (first < 0x20 || first == 0x7F);
}

std::string_view in_ascii(std::string_view letter)
{
    for (const auto& [from, to] : spelled)
        if (letter == from) return to;
    return "?";
}

} // namespace

bool shows_utf8()
{
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        const std::string_view locale(value);
        return locale.find("UTF-8") != locale.npos || locale.find("utf8") != locale.npos ||
               locale.find("utf-8") != locale.npos;
    }
    return false;
}

std::string readable(std::string_view text, bool utf8)
{
    std::string shown;
    while (!text.empty()) {
        const auto bytes = letter_bytes(text);
        const auto letter = text.substr(0, bytes == 0 ? 1 : bytes);
        if (bytes == 0 || is_control(letter))
            shown += '?';
        else
            shown += utf8 || bytes == 1 ? letter : in_ascii(letter);
        text.remove_prefix(letter.size());
    }
    return shown;
}

std::string cut(const std::string& text, std::size_t letters, bool utf8)
{
    if (text::width(text) <= letters) return text;
    if (letters == 0) return "";
    std::size_t end = 0, seen = 0;
    for (; end < text.size(); ++end)
        if ((static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80 && seen++ == letters - 1) break;
    return text.substr(0, end) + (utf8 ? "…" : "~");
}

} // namespace lapilli::top
