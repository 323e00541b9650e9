// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::solve {

/// The nodes of each aggregate, ascending.
class Children {
public:
    /// @param parent  aggregate of each node, or -1
    Children(std::span<const std::int32_t> parent, std::int32_t aggregates)
        : start_(std::size_t{1} + aggregates, 0), child_(parent.size())
    {
        for (const auto p : parent)
            if (p >= 0) ++start_[std::size_t{1} + p];
        for (std::size_t a = 1; a < start_.size(); ++a) start_[a] += start_[a - 1];
        auto fill = start_;
        std::int32_t node = 0;
        for (const auto p : parent) {
            if (p >= 0) child_[fill[p]++] = node;
            ++node;
        }
    }
    std::int32_t aggregates() const { return std::ssize(start_) - 1; }
    std::span<const std::int32_t> of(std::int32_t aggregate) const
    {
        const auto first = start_[aggregate];
        return std::span(child_).subspan(first, start_[std::size_t{1} + aggregate] - first);
    }

private:
    std::vector<std::int32_t> start_, child_;
};

} // namespace lapilli::solve
