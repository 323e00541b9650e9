// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/generate.hpp"

#include "image/distribution.hpp"
#include "synthetic/threshold.hpp"

#include <algorithm>
#include <numeric>

namespace lapilli::image {

namespace {

using parallel::Communicator;

/// Kinds whose labels follow from the position alone.
template <class Pattern>
void make(const Communicator& comm, const Pattern& recipe, LabelSlab& image)
{
    comm.together([&] { synthetic::fill(recipe, image.planes, image.labels); });
}

/// How many of the spheres just painted to keep, when `missing` voxels were uncovered before: all of them if they are too
/// few.
struct Kept {
    std::size_t spheres = 0;
    std::int64_t missing = 0; ///< after these
    bool enough = false;
};

Kept nearest_number(std::span<const std::int64_t> fresh, std::int64_t missing)
{
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        const auto left = missing - fresh[i];
        if (left <= 0) return {.spheres = missing <= -left ? i : i + 1, .missing = 0, .enough = true};
        missing = left;
    }
    return {.spheres = fresh.size(), .missing = missing, .enough = false};
}

/// Throws spheres in batches until the porosity is passed, then takes back those beyond the nearest number.
void make(const Communicator& comm, const synthetic::RandomSpheres& recipe, LabelSlab& image)
{
    std::ranges::fill(image.labels, synthetic::background(recipe));
    const auto batch = synthetic::spheres_at_a_time(recipe);
    Kept kept{.missing = synthetic::voxels_to_cover(recipe)};
    for (std::int64_t first = 0; !kept.enough; first += batch) {
        std::vector<std::int64_t> here, everywhere, painted;
        comm.together([&] {
            here.resize(batch);
            painted = synthetic::paint(recipe, first, image.planes, image.labels, here);
            everywhere = here;
        });
        comm.sum(everywhere);
        kept = nearest_number(everywhere, kept.missing);
        const auto mine = std::accumulate(here.begin(), here.begin() + kept.spheres, std::int64_t{0});
        for (auto voxel = painted.begin() + mine; voxel != painted.end(); ++voxel)
            image.labels[*voxel] = synthetic::background(recipe);
    }
}

/// Makes the field and lets exactly the asked number of lowest values be pores; equal values in the order of the image.
void make(const Communicator& comm, const synthetic::Blobs& recipe, LabelSlab& image)
{
    std::vector<float> field;
    synthetic::KeyCounts high_counts, low_counts;
    comm.together([&] {
        field = synthetic::random_field(recipe, image.planes);
        high_counts = synthetic::count_high(field);
    });
    comm.sum(high_counts);
    const auto pores = synthetic::pore_voxels(recipe);
    const auto high = synthetic::bin_of_nth(high_counts, pores);
    comm.together([&] { low_counts = synthetic::count_low(field, high.index); });
    const auto mine = low_counts;
    comm.sum(low_counts);
    const auto low = synthetic::bin_of_nth(low_counts, pores - high.below);
    const auto ties = pores - high.below - low.below;
    const auto ties_before = comm.sum_before(mine[low.index]); // slabs follow one another in the order of the ranks
    synthetic::split_at(field, high.index << 16 | low.index, ties - ties_before, image.labels);
}

} // namespace

LabelSlab generate(const Communicator& comm, const Recipe& recipe)
{
    check(recipe);
    LabelSlab image{.shape = shape_of(recipe), .planes = {}, .labels = {}};
    image.planes = slab_of(image.shape, comm.rank(), comm.size());
    comm.together([&] { image.labels.resize(image.planes.count() * image.shape.plane()); });
    std::visit([&](const auto& kind) { make(comm, kind, image); }, recipe);
    return image;
}

std::vector<std::int64_t> label_counts(const Communicator& comm, const LabelSlab& image)
{
    std::vector<std::int64_t> counts(256, 0);
    for (const auto label : image.labels) ++counts[label];
    comm.sum(counts);
    return counts;
}

} // namespace lapilli::image
