// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "segmentation/non_local_means.hpp"

namespace lapilli::segmentation {

namespace {

/// The planes of a stack as floats, with the voxels beyond their edges.
class PaddedPlanes {
public:
    explicit PaddedPlanes(const PlaneStack<Level, reach>& stack)
        : width_(stack.nx + 2 * reach), height_(stack.ny + 2 * reach), voxels_((2 * reach + 1) * width_ * height_)
    {
        float* to = voxels_.data();
        for (int dz = -reach; dz <= reach; ++dz)
            for (std::int64_t y = -reach; y < stack.ny + reach; ++y) {
                const Level* row = stack.row(dz, y);
                for (std::int64_t x = -reach; x < stack.nx + reach; ++x)
                    *to++ = row[std::clamp<std::int64_t>(x, 0, stack.nx - 1)];
            }
    }
    /// Of the voxel x = 0; from -reach on all may be read.
    const float* row(int dz, std::int64_t y) const
    {
        return &voxels_[((dz + reach) * height_ + y + reach) * width_ + reach];
    }

private:
    std::int64_t width_, height_;
    std::vector<float> voxels_;
};

struct Offset {
    int dz, dy, dx;
};

/// What the voxels of a plane at one offset from each voxel add to its mean.
class WeightedSums {
public:
    WeightedSums(const PaddedPlanes& planes, std::int64_t ny, std::int64_t nx, float noise)
        : planes_(planes), ny_(ny), nx_(nx), free_(2 * noise * noise), per_decay_(1 / (0.8F * 0.8F * noise * noise)),
          values_(ny * nx), weights_(ny * nx), columns_(nx + 2 * patch)
    {
    }

    void add(const Offset& to)
    {
        for (std::int64_t y = 0; y < ny_; ++y) {
            sum_columns(to, y);
            const float* value = planes_.row(to.dz, y + to.dy) + to.dx;
            float *values = &values_[y * nx_], *weights = &weights_[y * nx_];
            for (std::int64_t x = 0; x < nx_; ++x) {
                const float mean = (columns_[x] + columns_[x + 1] + columns_[x + 2]) / 27;
                const float t = std::max(0.F, mean - free_) * per_decay_;
                float w = std::max(0.F, 1 - t / 32);
                for (int squared = 0; squared < 5; ++squared) w *= w;
                values[x] += w * value[x];
                weights[x] += w;
            }
        }
    }
    float mean(std::int64_t voxel) const { return values_[voxel] / weights_[voxel]; }

private:
    /// The squared differences of two patches, summed along y and z, for each x from -1 on.
    void sum_columns(const Offset& to, std::int64_t y)
    {
        std::ranges::fill(columns_, 0.F);
        for (int pz = -patch; pz <= patch; ++pz)
            for (int py = -patch; py <= patch; ++py) {
                const float* a = planes_.row(pz, y + py) - patch;
                const float* b = planes_.row(pz + to.dz, y + py + to.dy) + to.dx - patch;
                for (std::size_t x = 0; x < columns_.size(); ++x) columns_[x] += (a[x] - b[x]) * (a[x] - b[x]);
            }
    }

    const PaddedPlanes& planes_;
    std::int64_t ny_, nx_;
    float free_, per_decay_;
    std::vector<float> values_, weights_, columns_;
};

} // namespace

void non_local_means(const PlaneStack<Level, reach>& stack, float noise, std::span<Level> out)
{
    const PaddedPlanes planes(stack);
    WeightedSums sums(planes, stack.ny, stack.nx, noise);
    for (int dz = -search; dz <= search; ++dz)
        for (int dy = -search; dy <= search; ++dy)
            for (int dx = -search; dx <= search; ++dx) sums.add({dz, dy, dx});
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<Level>(sums.mean(i) + 0.5F);
}

} // namespace lapilli::segmentation
