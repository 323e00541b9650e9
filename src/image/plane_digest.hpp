// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "parallel/communicator.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace lapilli::image {

/// The digest of an image, plane by plane.
class PlaneDigest {
public:
    void take(std::span<const std::byte> plane);
    /// "xxh3:..." of the shape and all planes of all ranks, which took them in rank order. Collective.
    std::string of(const parallel::Communicator& comm, const Shape& shape) const;

private:
    std::vector<std::uint64_t> hashes_;
};

} // namespace lapilli::image
