// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>

namespace lapilli::text {

namespace {

/// Letters to insert, delete or replace, two neighbours swapped counting as one (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> two_above(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        two_above.swap(above);
        above.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], two_above[j - 2] + 1);
        }
    }
    return row.back();
}

} // namespace

std::string nearest(const std::string& word, const std::vector<std::string>& known)
{
    std::string best;
    std::size_t least = std::max<std::size_t>(word.size() / 3, 2) + 1;
    for (const auto& candidate : known) {
        // a beginning of the word is nearer than any typo: --max for --max-iterations
        const bool begins = word.size() > 2 && candidate.starts_with(word);
        const auto distance = begins ? 0 : edit_distance(word, candidate);
        if (distance >= least) continue;
        least = distance;
        best = candidate;
    }
    return best;
}

} // namespace lapilli::text
