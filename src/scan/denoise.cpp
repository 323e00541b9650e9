// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/denoise.hpp"

#include "scan/slab_halo.hpp"
#include "segmentation/median.hpp"
#include "segmentation/non_local_means.hpp"
#include "segmentation/smooth.hpp"

namespace lapilli::scan {

namespace {

/// Eight steps, in which differences above a quarter of the contrast are kept. The means of Otsu's classes lie closer to
/// each other than what they are of, by a sixth in a usual scan.
void diffuse(const parallel::Communicator& comm, double contrast, GreyImage& grey)
{
    if (contrast <= 0) return;
    const auto edge = static_cast<float>(0.3 * contrast);
    std::vector<float> values;
    comm.together([&] { values.assign(grey.voxels.begin(), grey.voxels.end()); });
    for (int step = 0; step < 8; ++step)
        filter_planes<1>(comm, grey.shape, values,
                         [&](const auto& stack, auto out) { segmentation::diffuse(stack, edge, out); });
    std::ranges::transform(values, grey.voxels.begin(), [](float value) { return static_cast<Level>(value + 0.5F); });
}

} // namespace

void denoise(const parallel::Communicator& comm, Denoise filter, const Signal& signal, GreyImage& grey)
{
    switch (filter) {
    case Denoise::none:
        return;
    case Denoise::median7:
        return filter_planes<1>(comm, grey.shape, grey.voxels, segmentation::median_of_7);
    case Denoise::median27:
        return filter_planes<1>(comm, grey.shape, grey.voxels, segmentation::median_of_27);
    case Denoise::gauss:
        return filter_planes<1>(comm, grey.shape, grey.voxels, segmentation::smooth);
    case Denoise::perona_malik:
        return diffuse(comm, signal.contrast, grey);
    case Denoise::non_local_means:
        if (signal.noise <= 0) return;
        const auto noise = static_cast<float>(signal.noise);
        return filter_planes<segmentation::reach>(comm, grey.shape, grey.voxels, [&](const auto& stack, auto out) {
            segmentation::non_local_means(stack, noise, out);
        });
    }
}

} // namespace lapilli::scan
