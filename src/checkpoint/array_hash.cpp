// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/array_hash.hpp"

#include <xxhash.h>

namespace lapilli::checkpoint {

std::uint64_t array_hash(std::span<const std::byte> bytes, std::size_t record, std::int64_t first)
{
    std::uint64_t sum = 0;
    std::uint64_t place = first;
    for (std::size_t at = 0; at + record <= bytes.size(); at += record)
        sum += XXH3_64bits_withSeed(bytes.data() + at, record, place++);
    return sum;
}

} // namespace lapilli::checkpoint
