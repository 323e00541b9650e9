// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace lapilli::checkpoint {

/// The sum, modulo 2^64, of the XXH3 of each record with its place in the whole array as the seed: sums of parts add up to
/// that of the whole, however it is cut.
/// @param bytes   whole records
/// @param record  size of one [bytes]
/// @param first   place of the first one
std::uint64_t array_hash(std::span<const std::byte> bytes, std::size_t record, std::int64_t first);

} // namespace lapilli::checkpoint
