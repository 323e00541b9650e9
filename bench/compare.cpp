// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "compare.hpp"

#include "parallel/resources.hpp"
#include "triad.hpp"

#include <numeric>

namespace lapilli::bench {

ConnectedImage read_connected(const parallel::Communicator& comm, const CompareOptions& options)
{
    image::Phases phases;
    for (const auto label : options.image.pore) phases[label] = 1;
    return read_connected(comm, {options.image.path, options.image.raw, options.image.crop}, phases, options.axis);
}

Json describe(const parallel::Communicator& comm, const CompareOptions& options, const ConnectedImage& image)
{
    const auto peak = parallel::peak_memory(comm);
    const auto pores = static_cast<double>(image.pores->total_pores());
    return {{"ranks", comm.size()},
            {"axis", std::string(1, name(options.axis))},
            {"pores", image.pores->total_pores()},
            {"porosity", pores / static_cast<double>(image.pores->shape().voxels())},
            {"triad_GB_s", triad_bandwidth(comm)},
            {"bytes_per_pore", static_cast<double>(std::accumulate(peak.begin(), peak.end(), std::int64_t{0})) / pores}};
}

} // namespace lapilli::bench
