// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/query.hpp"

#include "serve/answer.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::serve {

namespace {

template <class Words>
std::string listed(const Words& words)
{
    std::string text;
    for (const auto word : words) text += (text.empty() ? "" : ", ") + std::string(word);
    return text;
}

} // namespace

void Query::allow(const std::vector<std::string_view>& keys) const
{
    for (const auto& [key, value] : pairs_)
        if (std::ranges::find(keys, key) == keys.end())
            throw refusal(400, "there is no key {} here; expected {}", key, keys.empty() ? "none" : listed(keys));
}

std::string Query::text(const std::string& key, const std::string& otherwise) const
{
    const auto found = pairs_.find(key);
    return found == pairs_.end() ? otherwise : found->second;
}

std::optional<std::int64_t> Query::whole(const std::string& key, std::int64_t least, std::int64_t most) const
{
    const auto words = text(key);
    if (words.empty()) return std::nullopt;
    const auto value = text::number<std::int64_t>(words);
    if (!value || *value < least || *value > most)
        throw refusal(400, "{}={} cannot be used; expected a whole number from {} to {}", key, words, least, most);
    return value;
}

std::optional<double> Query::number(const std::string& key) const
{
    const auto words = text(key);
    if (words.empty()) return std::nullopt;
    const auto value = text::number<double>(words);
    if (!value || !std::isfinite(*value))
        throw refusal(400, "{}={} cannot be used; expected a number such as 0.5", key, words);
    return value;
}

std::string Query::word(const std::string& key, std::initializer_list<std::string_view> words) const
{
    const auto value = text(key, std::string(*words.begin()));
    if (std::ranges::find(words, value) == words.end())
        throw refusal(400, "{}={} cannot be used; expected one of {}", key, value, listed(words));
    return value;
}

std::vector<std::string> Query::list(const std::string& key, std::size_t most) const
{
    std::vector<std::string> words;
    const auto value = text(key);
    for (const auto word : text::split(value, ','))
        if (!word.empty()) words.emplace_back(word);
    if (words.size() > most) throw refusal(400, "{} has more than {} words", key, most);
    return words;
}

} // namespace lapilli::serve
