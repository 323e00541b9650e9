// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace lapilli::resample {

/// Labels and what becomes of them; all others stay.
using Relabelling = std::map<std::int64_t, std::int64_t>;

/// Whether a type of voxels can be this value: a whole number to the last digit, which float can up to 2^24, double up to
/// 2^53; other numbers of double need not be exact in float, but must not become 0.
template <class To, class From>
bool holds(From value)
{
    using Limits = std::numeric_limits<To>;
    if constexpr (std::is_same_v<To, From>)
        return true;
    else if constexpr (std::is_integral_v<From> && std::is_integral_v<To>)
        return std::in_range<To>(value);
    else if constexpr (std::is_integral_v<From>) {
        constexpr auto most = std::int64_t{1} << Limits::digits;
        return std::cmp_less_equal(value, most) && std::cmp_greater_equal(value, -most);
    } else if constexpr (std::is_integral_v<To>) {
        const double number = value;
        return number >= static_cast<double>(Limits::min()) && number < std::ldexp(1.0, Limits::digits) &&
               std::trunc(number) == number;
    } else {
        if (std::isinf(value) || std::isnan(value)) return true;
        if (std::abs(value) > Limits::max()) return false;
        constexpr From all_whole = 9007199254740992; // 2^53: from there on doubles have no digits behind the point
        const bool whole = std::abs(value) < all_whole && std::trunc(value) == value;
        const auto as = static_cast<To>(value);
        return whole ? as == value : as != 0;
    }
}

/// Values of one type as those of another, relabelled. The new labels must be such that `To` holds them.
/// @returns the place of the first value that `To` cannot hold; then the result is not complete
template <class From, class To>
std::optional<std::int64_t> recode(std::span<const From> values, const Relabelling& labels, std::span<To> result)
{
    std::vector<std::pair<From, To>> table; // in order
    for (const auto& [old, now] : labels)
        if (holds<From>(old)) table.emplace_back(static_cast<From>(old), static_cast<To>(now));
    constexpr bool exact = std::is_integral_v<From>; // -0.0 is like 0.0, but has other bits
    From last{};                                     // most voxels are like the one before
    To as{};
    bool known = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (const From value = values[i]; !(exact && known && value == last)) {
            const auto found = std::lower_bound(table.begin(), table.end(), value,
                                                [](const auto& entry, From key) { return entry.first < key; });
            const bool renamed = found != table.end() && found->first == value;
            if (!renamed && !holds<To>(value)) return i;
            as = renamed ? found->second : static_cast<To>(value);
            last = value;
            known = true;
        }
        result[i] = as;
    }
    return std::nullopt;
}

} // namespace lapilli::resample
