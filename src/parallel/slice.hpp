// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>

namespace lapilli::parallel {

/// This rank's part of a distributed array of records. The parts of all ranks, in the order of the ranks, are the array in
/// its canonical order, which does not depend on their number.
struct Slice {
    std::string name;
    int lanes = 1;              ///< numbers that make a record
    std::size_t number = 4;     ///< [bytes]: 4 float, 8 double
    std::span<std::byte> bytes; ///< whole records

    std::size_t record() const { return number * lanes; } ///< [bytes]
    std::int64_t count() const { return bytes.size() / record(); }
};

/// @tparam Number  float or double, of which a Value has some
template <class Number, class Value>
Slice slice_of(const std::string& name, std::span<Value> values)
{
    static_assert(std::is_floating_point_v<Number> && sizeof(Value) % sizeof(Number) == 0);
    return {name, sizeof(Value) / sizeof(Number), sizeof(Number), std::as_writable_bytes(values)};
}

} // namespace lapilli::parallel
