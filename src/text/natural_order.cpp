// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/natural_order.hpp"

#include <algorithm>

namespace lapilli::text {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes the number that a text begins with, without its leading zeros.
std::string_view take_number(std::string_view& text)
{
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    auto number = text.substr(0, digits);
    text.remove_prefix(digits);
    number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
    return number;
}

/// Before all others the character that ends the name of a folder.
int place_of(char c) { return c == '/' ? -1 : static_cast<unsigned char>(c); }

} // namespace

bool natural_less(std::string_view a, std::string_view b)
{
    std::string_view left = a, right = b;
    while (!left.empty() && !right.empty()) {
        if (is_digit(left.front()) && is_digit(right.front())) {
            const auto x = take_number(left), y = take_number(right);
            if (x.size() != y.size()) return x.size() < y.size();
            if (x != y) return x < y;
        } else {
            if (left.front() != right.front()) return place_of(left.front()) < place_of(right.front());
            left.remove_prefix(1);
            right.remove_prefix(1);
        }
    }
    return left.empty() != right.empty() ? left.empty() : a < b; // which differ in leading zeros
}

} // namespace lapilli::text
