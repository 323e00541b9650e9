// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/plane_digest.hpp"

#include <fmt/format.h>
#include <xxhash.h>

namespace lapilli::image {

void PlaneDigest::take(std::span<const std::byte> plane) { hashes_.push_back(XXH3_64bits(plane.data(), plane.size())); }

std::string PlaneDigest::of(const parallel::Communicator& comm, const Shape& shape) const
{
    auto words = comm.gather_all(std::span<const std::uint64_t>(hashes_));
    for (const auto extent : {shape.nz, shape.ny, shape.nx}) words.push_back(extent);
    return fmt::format("xxh3:{:016x}", XXH3_64bits(words.data(), words.size() * sizeof(std::uint64_t)));
}

} // namespace lapilli::image
