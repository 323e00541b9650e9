// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/target.hpp"

#include "serve/answer.hpp"

#include <cstdint>
#include <optional>

namespace lapilli::serve {

namespace {

constexpr std::size_t longest = 4096;
constexpr std::size_t most_parts = 8, most_keys = 32;

std::optional<int> digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

std::string decode(std::string_view text, bool plus_is_blank)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_blank) {
            decoded += ' ';
        } else if (text[i] != '%') {
            decoded += text[i];
        } else {
            const auto high = i + 2 < text.size() ? digit(text[i + 1]) : std::nullopt;
            const auto low = i + 2 < text.size() ? digit(text[i + 2]) : std::nullopt;
            if (!high || !low) throw refusal(400, "the address has a % without two digits of a byte behind it");
            decoded += static_cast<char>(*high * 16 + *low);
            i += 2;
        }
    }
    return decoded;
}

/// How many bytes the UTF-8 character at the begin has; 0 if that is none, or a longer form than there need be.
std::size_t length_of_character(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::size_t length = byte(0) < 0x80   ? 1
                               : byte(0) < 0xc2 ? 0
                               : byte(0) < 0xe0 ? 2
                               : byte(0) < 0xf0 ? 3
                               : byte(0) < 0xf5 ? 4
                                                : 0;
    if (length == 0 || length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0) != 0x80) return 0;
    if ((byte(0) == 0xe0 && byte(1) < 0xa0) || (byte(0) == 0xed && byte(1) > 0x9f)) return 0; // too long; half of a pair
    if ((byte(0) == 0xf0 && byte(1) < 0x90) || (byte(0) == 0xf4 && byte(1) > 0x8f)) return 0; // too long; no such character
    return length;
}

void require_text(std::string_view text)
{
    while (!text.empty()) {
        const auto length = length_of_character(text);
        if (length == 0) throw refusal(400, "the address is not UTF-8");
        if (static_cast<std::uint8_t>(text[0]) < 0x20 || text[0] == 0x7f)
            throw refusal(400, "the address has a control character");
        text.remove_prefix(length);
    }
}

std::string read_part(std::string_view text)
{
    auto part = decode(text, false);
    require_text(part);
    if (part.empty() || part == "." || part == "..")
        throw refusal(400, "the address has an empty part or one of dots; expected one such as /runs/NAME");
    if (part.find_first_of("/\\") != std::string::npos) throw refusal(400, "the address has a slash within a part");
    return part;
}

std::vector<std::string> read_parts(std::string_view path)
{
    std::vector<std::string> parts;
    path.remove_prefix(1);
    while (!path.empty()) {
        if (parts.size() == most_parts) throw refusal(404, "there is no such page: its address has too many parts");
        const auto end = path.find('/');
        parts.push_back(read_part(path.substr(0, end)));
        path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
    }
    return parts;
}

std::map<std::string, std::string> read_query(std::string_view text)
{
    std::map<std::string, std::string> query;
    while (!text.empty()) {
        const auto pair = text.substr(0, text.find('&'));
        text.remove_prefix(pair.size() == text.size() ? pair.size() : pair.size() + 1);
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        auto key = decode(pair.substr(0, equals), true);
        auto value = equals == std::string_view::npos ? "" : decode(pair.substr(equals + 1), true);
        require_text(key);
        require_text(value);
        if (query.size() == most_keys)
            throw refusal(400, "the address asks for too much: it has more than {} keys", most_keys);
        if (!query.emplace(key, std::move(value)).second) throw refusal(400, "the key {} stands twice in the address", key);
    }
    return query;
}

} // namespace

Target read_target(std::string_view target)
{
    if (target.size() > longest) throw refusal(414, "the address is longer than {} bytes", longest);
    if (target.empty() || target[0] != '/') throw refusal(400, "the address does not begin with a slash");
    if (target.find('#') != std::string_view::npos) throw refusal(400, "the address has a #, which no browser sends");
    const auto path = target.substr(0, target.find('?'));
    return {.parts = read_parts(path),
            .query = path.size() == target.size() ? std::map<std::string, std::string>()
                                                  : read_query(target.substr(path.size() + 1))};
}

} // namespace lapilli::serve
