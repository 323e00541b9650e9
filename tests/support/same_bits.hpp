// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/record.hpp"
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include <nlohmann/json.hpp>

#include <span>
#include <string>

namespace lapilli::test {

/// Pores with necks, dead ends and isolated clusters, of which some percolate.
inline bool rough(std::int64_t x, std::int64_t y, std::int64_t z) { return smooth_noise(x, y, z, 1) < 0.497; }

/// Three that conduct, and one that does not.
inline int three_phases(std::int64_t x, std::int64_t y, std::int64_t z)
{
    const double v = smooth_noise(x, y, z, 2);
    return v < 0.49 ? 1 : v < 0.51 ? 2 : v < 0.53 ? 3 : 0;
}

/// All numbers of a property.
inline Record numbers_of(const property::Diffusivity& d)
{
    Record all;
    for (const auto& along : d.axes) all.push_back(along ? property::record_of(*along) : Record());
    if (d.tensor)
        all.push_back({rows(d.tensor->relative), rows(d.tensor->effective), d.tensor->principal.values,
                       rows(d.tensor->principal.directions)});
    return all;
}

inline Record numbers_of(const property::Permeability& k)
{
    Record all;
    for (const auto& along : k.axes) all.push_back(along ? property::record_of(*along) : Record());
    if (k.tensor) all.push_back({rows(k.tensor->voxel2), k.tensor->principal.values, rows(k.tensor->principal.directions)});
    return all;
}

/// As JSON, which has so many digits that each number comes back as it was.
inline std::string bits_of(const Record& numbers) { return numbers.dump(); }
inline std::string bits_of(const property::Diffusivity& d) { return bits_of(numbers_of(d)); }
inline std::string bits_of(const property::Permeability& k) { return bits_of(numbers_of(k)); }

/// Every rank has the same bits when all work together as one has alone. One is enough to find these, while the others wait.
/// @param measure  of a communicator: something that has bits_of
template <class Measure>
void check_same_bits(Measure&& measure)
{
    const auto world = parallel::Communicator::world();
    const std::string together = bits_of(measure(world));
    const std::string alone = world.on_root([&] { return bits_of(measure(parallel::Communicator::self())); });
    CHECK(together == alone);
}

} // namespace lapilli::test
