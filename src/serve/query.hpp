// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::serve {

/// What the address of a request says behind its question mark, read key by key; each reading refuses what it cannot take.
/// @throws Refusal 400
class Query {
public:
    explicit Query(const std::map<std::string, std::string>& pairs) : pairs_(pairs) {}

    /// Refuses every key that is none of these.
    void allow(const std::vector<std::string_view>& keys) const;

    std::string text(const std::string& key, const std::string& otherwise = {}) const;
    std::optional<std::int64_t> whole(const std::string& key, std::int64_t least, std::int64_t most) const;
    std::optional<double> number(const std::string& key) const; ///< finite
    /// One of these words; the first where nothing is said.
    std::string word(const std::string& key, std::initializer_list<std::string_view> words) const;
    /// Words between commas.
    std::vector<std::string> list(const std::string& key, std::size_t most) const;

private:
    const std::map<std::string, std::string>& pairs_;
};

} // namespace lapilli::serve
