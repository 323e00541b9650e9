// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// What typed words are made of.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

namespace lapilli::text {

/// The text without the blanks around it.
std::string_view trim(std::string_view text);

/// What stands between the separators, without the blanks around it; all of the text where there is none.
std::vector<std::string_view> split(std::string_view text, char separator);

/// The whole of `text` as a number; nothing if it is anything else or does not fit.
template <class T>
std::optional<T> number(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

} // namespace lapilli::text
