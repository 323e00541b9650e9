// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

namespace lapilli::morphology {

/// Disjoint sets of 0 ... n-1; the root of a set is its smallest element, so roots do not depend on the order of unions.
template <class Index>
class DisjointSets {
public:
    explicit DisjointSets(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), Index{0}); }

    Index root(Index i)
    {
        auto& p = parent_;
        while (p[at(i)] != i) i = p[at(i)] = p[at(p[at(i)])];
        return i;
    }
    void unite(Index a, Index b)
    {
        a = root(a);
        b = root(b);
        if (a < b) parent_[at(b)] = a;
        if (b < a) parent_[at(a)] = b;
    }
    Index add()
    {
        parent_.push_back(static_cast<Index>(parent_.size()));
        return parent_.back();
    }
    std::size_t size() const { return parent_.size(); }

private:
    static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
    std::vector<Index> parent_;
};

} // namespace lapilli::morphology
