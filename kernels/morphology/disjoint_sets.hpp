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
        while (p[i] != i) i = p[i] = p[p[i]];
        return i;
    }
    void unite(Index a, Index b)
    {
        a = root(a);
        b = root(b);
        if (a < b) parent_[b] = a;
        if (b < a) parent_[a] = b;
    }
    Index add()
    {
        parent_.push_back(parent_.size());
        return parent_.back();
    }
    std::size_t size() const { return parent_.size(); }

private:
    std::vector<Index> parent_;
};

} // namespace lapilli::morphology
