// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lapilli::serve {

/// A body that was made once, with what belongs to it.
struct CachedText {
    std::string type;
    std::vector<std::pair<std::string, std::string>> heads;
    std::shared_ptr<const std::string> text;

    std::size_t bytes() const { return text->size() + 512; }
};

/// Keeps the bodies that were asked for last, up to so many bytes. For several threads.
class TextCache {
public:
    explicit TextCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    std::optional<CachedText> find(const std::string& key)
    {
        const std::lock_guard lock(mutex_);
        const auto found = places_.find(key);
        if (found == places_.end()) return std::nullopt;
        entries_.splice(entries_.begin(), entries_, found->second);
        return found->second->second;
    }
    void keep(const std::string& key, CachedText text)
    {
        const std::lock_guard lock(mutex_);
        if (text.bytes() > most_bytes_ / 4 || places_.contains(key)) return;
        bytes_ += text.bytes();
        entries_.emplace_front(key, std::move(text));
        places_.emplace(key, entries_.begin());
        while (bytes_ > most_bytes_) {
            bytes_ -= entries_.back().second.bytes();
            places_.erase(entries_.back().first);
            entries_.pop_back();
        }
    }
    std::size_t bytes() const
    {
        const std::lock_guard lock(mutex_);
        return bytes_;
    }

private:
    using Entry = std::pair<std::string, CachedText>;

    std::size_t most_bytes_;
    mutable std::mutex mutex_;
    std::list<Entry> entries_; ///< those asked for last first
    std::unordered_map<std::string, std::list<Entry>::iterator> places_;
    std::size_t bytes_ = 0;
};

} // namespace lapilli::serve
