// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "synthetic/blobs.hpp"

#include "synthetic/check.hpp"
#include "synthetic/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace lapilli::synthetic {

namespace {

constexpr std::int64_t tile = 32; // floats summed at once: they stay in registers

/// Weights of the Gaussian whose self-convolution, the autocorrelation of filtered white noise, is 1/e at the correlation
/// length: standard deviation half of that. Cut where it has fallen to 1/500.
/// @param correlation  in voxels along the axis
std::vector<float> gaussian(double correlation)
{
    const double deviation = correlation / 2;
    const std::int64_t reach = std::ceil(3.5 * deviation);
    std::vector<float> weights;
    for (auto i = -reach; i <= reach; ++i) {
        const double distance = i / deviation;
        weights.push_back(static_cast<float>(std::exp(-0.5 * distance * distance) / deviation));
    }
    return weights;
}

/// Nearly normal noise of one voxel: the sum of four uniform numbers of 16 bits, about 0, variance 1/3. Exact in float.
float noise(const RandomStream& random, std::uint64_t counter)
{
    const auto bits = random.bits(counter);
    const std::int64_t sum = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
    return (sum - 2 * 0xffff) * 0x1p-16F;
}

/// For `tile` neighbours in memory: values[i] = sum over k of weights[k] values[i + k stride]. In place: walked upwards, no
/// later sum needs what is overwritten. Whole tiles only, so that every value comes out of the same instructions.
void filter_tile(float* values, std::int64_t stride, std::span<const float> weights)
{
    std::array<float, tile> sums{};
    const float* from = values;
    for (const float weight : weights) {
        for (std::size_t i = 0; i < tile; ++i) sums[i] += weight * from[i];
        from += stride;
    }
    std::copy(sums.begin(), sums.end(), values);
}

/// Weights along each axis.
struct Filters {
    std::vector<float> x, y, z;
};

/// Extents of the arrays in work: rows are filled up to whole tiles.
struct Extents {
    Extents(const Shape& image, PlaneRange slab, const Filters& filters)
        : shape(image), planes(slab), rim{rim_of(filters.z), rim_of(filters.y), rim_of(filters.x)},
          row((image.nx + tile - 1) / tile * tile), wide_row((row + rim.nx + tile - 1) / tile * tile)
    {
    }
    static std::int64_t rim_of(const std::vector<float>& weights) { return std::ssize(weights) - 1; }
    Shape shape;
    PlaneRange planes;
    Shape rim;             ///< voxels that a filter needs beyond those it gives, both sides together
    std::int64_t row;      ///< of x
    std::int64_t wide_row; ///< of x and its rim
};

/// Noise of the voxels (z, x) with their rims, at one y of the rim's count, filtered along z and x.
/// @param sheet  in: scratch; out: rows of `row` values at a distance of `wide_row`, planes.count() of them
void filtered_sheet(const Extents& e, const RandomStream& random, const Filters& filters, std::int64_t y,
                    std::vector<float>& sheet)
{
    const auto whole_y = e.shape.ny + e.rim.ny, whole_x = e.shape.nx + e.rim.nx;
    for (std::int64_t k = 0; k < e.planes.count() + e.rim.nz; ++k) {
        float* values = sheet.data() + k * e.wide_row;
        const std::uint64_t counter = ((e.planes.first + k) * whole_y + y) * whole_x;
        for (std::int64_t x = 0; x < whole_x; ++x) values[x] = noise(random, counter + x);
        std::fill(values + whole_x, values + e.wide_row, 0.0F);
    }
    for (std::int64_t x = 0; x < e.wide_row; x += tile) // a column of tiles fits a cache
        for (std::int64_t k = 0; k < e.planes.count(); ++k)
            filter_tile(sheet.data() + k * e.wide_row + x, e.wide_row, filters.z);
    for (std::int64_t k = 0; k < e.planes.count(); ++k)
        for (std::int64_t x = 0; x < e.row; x += tile) filter_tile(sheet.data() + k * e.wide_row + x, 1, filters.x);
}

} // namespace

void check(const Blobs& recipe)
{
    check_shape(recipe.shape);
    check_fraction("porosity", recipe.porosity);
    check_length("correlation length", recipe.correlation, 1, longest_side(recipe.shape, recipe.edges));
}

std::int64_t pore_voxels(const Blobs& recipe) { return std::llround(recipe.porosity * recipe.shape.voxels()); }

std::vector<float> random_field(const Blobs& recipe, PlaneRange planes)
{
    if (planes.count() == 0) return {};
    const RandomStream random(recipe.seed);
    const auto along = [&](Axis axis) { return gaussian(recipe.correlation / recipe.edges.along(axis)); };
    const Filters filters{along(Axis::x), along(Axis::y), along(Axis::z)};
    const Extents e(recipe.shape, planes, filters);
    std::vector<float> sheet((planes.count() + e.rim.nz) * e.wide_row);
    const auto tall_plane = (e.shape.ny + e.rim.ny) * e.row;
    std::vector<float> field(planes.count() * tall_plane);
    for (std::int64_t y = 0; y < e.shape.ny + e.rim.ny; ++y) {
        filtered_sheet(e, random, filters, y, sheet);
        for (std::int64_t k = 0; k < planes.count(); ++k)
            std::copy_n(sheet.data() + k * e.wide_row, e.row, field.data() + k * tall_plane + y * e.row);
    }
    float* out = field.data(); // the image's own voxels move to the front of the array
    for (std::int64_t k = 0; k < planes.count(); ++k) {
        float* plane = field.data() + k * tall_plane;
        for (std::int64_t x = 0; x < e.row; x += tile)
            for (std::int64_t y = 0; y < e.shape.ny; ++y) filter_tile(plane + y * e.row + x, e.row, filters.y);
        for (std::int64_t y = 0; y < e.shape.ny; ++y) out = std::copy_n(plane + y * e.row, e.shape.nx, out);
    }
    field.resize(planes.count() * recipe.shape.plane());
    return field;
}

} // namespace lapilli::synthetic
