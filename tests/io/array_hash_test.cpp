// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/array_hash.hpp"
#include "support/catch.hpp"

#include <vector>

using namespace lapilli;

namespace {

std::vector<float> some_values()
{
    std::vector<float> values(64);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i) / 3;
    return values;
}

std::uint64_t hash(std::span<const float> values, std::int64_t first = 0, std::size_t record = 16)
{
    return checkpoint::array_hash(std::as_bytes(values), record, first);
}

} // namespace

TEST_CASE("the hashes of the parts of an array add up to that of the whole")
{
    const auto values = some_values();
    const std::span all(values);
    for (std::size_t cut = 0; cut <= 64; cut += 4)
        CHECK(hash(all.first(cut)) + hash(all.subspan(cut), static_cast<std::int64_t>(cut / 4)) == hash(all));
}

TEST_CASE("any bit of an array that changes, and any two records that change places, change its hash")
{
    auto values = some_values();
    const auto whole = hash(values);
    const auto bytes = std::as_writable_bytes(std::span(values));
    for (auto& byte : bytes)
        for (int bit = 0; bit < 8; ++bit) {
            byte ^= std::byte{1} << bit;
            CHECK(hash(values) != whole);
            byte ^= std::byte{1} << bit;
        }
    for (std::size_t i = 4; i < values.size(); i += 4) {
        std::swap_ranges(values.begin(), values.begin() + 4, values.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK(hash(values) != whole);
        std::swap_ranges(values.begin(), values.begin() + 4, values.begin() + static_cast<std::ptrdiff_t>(i));
    }
}
