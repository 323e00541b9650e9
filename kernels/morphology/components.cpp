// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/components.hpp"

#include "morphology/disjoint_sets.hpp"

#include <array>
#include <bit>

namespace lapilli::morphology {

namespace {

struct Run {
    std::uint16_t bits;
    std::uint16_t set;
};

/// The runs of consecutive pores of one row.
struct RowRuns {
    std::array<Run, brick::edge / 2> runs;
    int count = 0;
};

void unite_touching(const RowRuns& a, const RowRuns& b, DisjointSets<std::uint16_t>& sets)
{
    for (int i = 0; i < a.count; ++i)
        for (int j = 0; j < b.count; ++j)
            if ((a.runs[i].bits & b.runs[j].bits) != 0) sets.unite(a.runs[i].set, b.runs[j].set);
}

} // namespace

int label_components(const brick::Brick& brick, std::span<std::uint16_t> component)
{
    // 1. runs of x, united with the runs below them in y and z
    std::array<RowRuns, brick::rows> rows;
    DisjointSets<std::uint16_t> sets(0);
    for (int r = 0; r < brick::rows; ++r) {
        auto& row = rows[r];
        for (unsigned bits = brick.mask.row[r]; bits != 0;) {
            const int start = std::countr_zero(bits);
            const int length = std::countr_one(bits >> start);
            const std::uint16_t run = ((1U << length) - 1U) << start;
            row.runs[row.count++] = {run, sets.add()};
            bits &= ~run;
        }
        if (r % brick::edge > 0) unite_touching(row, rows[r - 1], sets);
        if (r >= brick::edge) unite_touching(row, rows[r - brick::edge], sets);
    }
    // 2. number the roots: the root of a set is its first run
    std::vector<std::uint16_t> number(sets.size());
    int count = 0;
    for (std::uint16_t s = 0; s < sets.size(); ++s) {
        const auto root = sets.root(s);
        number[s] = root == s ? count++ : number[root];
    }
    // 3. runs stand in the order of pores
    std::size_t pore = 0;
    for (const auto& row : rows)
        for (int i = 0; i < row.count; ++i) {
            const auto& run = row.runs[i];
            for (int k = std::popcount(run.bits); k > 0; --k) component[pore++] = number[run.set];
        }
    return count;
}

} // namespace lapilli::morphology
