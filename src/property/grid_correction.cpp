// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/grid_correction.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::property {

namespace {

/// The ratio of a block along an axis, and how it counts.
struct Point {
    double log_value;
    double ratio;
    double error; ///< of the ratio, what the solver leaves
    double weight;
};

/// Student's factor of a standard error, where a normal distribution has 1; within 1.5 %, and never too small.
double students_factor(double freedom) { return 1 + 0.56 / (freedom - 0.33); }

/// The line through the ratios.
class RatioLine {
public:
    RatioLine(const std::vector<Point>& points, int blocks);

    double at(double log_value) const { return mean_ + slope_ * (log_value - centre_); }
    double solver_error() const { return error_; }
    /// Absent where there are too few points to tell.
    const std::optional<double>& spread() const { return spread_; }
    std::optional<double> error_at(double log_value) const;

private:
    double most_slope() const { return std::abs(mean_ - 1) / 2; }

    double blocks_, freedom_;
    double mean_ = 0, centre_ = 0, error_ = 0, slope_ = 0;
    double variance_ = 0; ///< of the logarithms
    std::optional<double> spread_;
};

RatioLine::RatioLine(const std::vector<Point>& points, int blocks) : blocks_(blocks)
{
    double weights = 0, covariance = 0, squares = 0;
    for (const auto& p : points) {
        weights += p.weight;
        mean_ += p.weight * p.ratio;
        centre_ += p.weight * p.log_value;
        error_ += p.weight * p.error;
    }
    for (double* mean : {&mean_, &centre_, &error_}) *mean /= weights;
    for (const auto& p : points) {
        variance_ += p.weight * (p.log_value - centre_) * (p.log_value - centre_) / weights;
        covariance += p.weight * (p.log_value - centre_) * (p.ratio - mean_) / weights;
    }
    const double count = std::ssize(points);
    const bool tilted = count > 2 && variance_ > 0;
    if (tilted) slope_ = std::clamp(covariance / variance_, -most_slope(), most_slope());
    freedom_ = count - (tilted ? 2 : 1);
    if (freedom_ < 1) return;
    for (const auto& p : points) squares += p.weight * (p.ratio - at(p.log_value)) * (p.ratio - at(p.log_value)) / weights;
    spread_ = std::sqrt(squares * count / freedom_);
}

std::optional<double> RatioLine::error_at(double log_value) const
{
    if (!spread_) return std::nullopt;
    const double of_mean = *spread_ / std::sqrt(blocks_);
    const double of_slope = variance_ > 0 ? std::min(most_slope(), of_mean / std::sqrt(variance_)) : most_slope();
    return students_factor(freedom_) * std::hypot(of_mean, of_slope * (log_value - centre_));
}

/// The blocks along an axis that were solved on both grids.
std::vector<Point> points_along(const std::vector<std::optional<BlockAlong>>& blocks, double order)
{
    std::vector<Point> points;
    double sum = 0;
    for (const auto& block : blocks) {
        if (!block || !block->two || !(block->one.value > 0)) continue;
        const auto pair = two_grid(block->one, *block->two, order);
        const double ratio = pair.extrapolated() / pair.one;
        const double error = pair.extrapolated_error() / pair.one + std::abs(ratio) * pair.error_estimate_one;
        points.push_back({std::log(pair.one), ratio, error, pair.one});
        sum += pair.one;
    }
    for (auto& point : points) point.weight *= std::ssize(points) / sum;
    return points;
}

/// How many blocks were solved on both grids along any axis.
int count_two_cells(const SolvedBlocks& blocks)
{
    int count = 0;
    for (std::size_t b = 0; b < blocks[Axis::x].size(); ++b)
        if (std::ranges::any_of(all_axes, [&](Axis axis) { return blocks[axis][b] && blocks[axis][b]->two; })) ++count;
    return count;
}

/// What the values by one cell per voxel say: how many blocks, and how much they differ.
GridCorrection sample_of(const std::vector<std::optional<BlockAlong>>& blocks)
{
    GridCorrection c;
    double sum = 0, squares = 0;
    for (const auto& block : blocks) {
        ++(block ? c.blocks : c.left_out);
        if (!block) continue;
        if (block->two) ++c.two_cells;
        sum += block->one.value;
    }
    const double all = blocks.size(), mean = sum / all;
    for (const auto& block : blocks) squares += std::pow((block ? block->one.value : 0) - mean, 2);
    if (c.blocks > 0 && blocks.size() > 1) c.sample = std::sqrt(squares / (all - 1) / all) / mean;
    return c;
}

} // namespace

TwoGrid two_grid(const GridValue& one, const GridValue& two, double order)
{
    return {one.value, two.value, order, two.converged, two.error_estimate, two.iterations, one.error_estimate};
}

double TwoGrid::extrapolated() const { return two + (two - one) / (std::exp2(order) - 1); }

double TwoGrid::extrapolated_error() const
{
    const double part = 1 / (std::exp2(order) - 1);
    return (1 + part) * two * error_estimate + part * one * error_estimate_one;
}

PerAxis<std::optional<GridCorrection>> corrections_of(const SolvedBlocks& blocks, const GridValues& image, double order)
{
    std::vector<Point> points;
    for (const Axis axis : all_axes) {
        const auto along = points_along(blocks[axis], order);
        points.insert(points.end(), along.begin(), along.end());
    }
    std::optional<RatioLine> line;
    if (!points.empty()) line.emplace(points, count_two_cells(blocks));
    PerAxis<std::optional<GridCorrection>> corrections;
    for (const Axis axis : all_axes) {
        if (!image.axes[axis]) continue;
        auto& c = corrections[axis].emplace(sample_of(blocks[axis]));
        if (c.blocks == 0 || !line || !(image.axes[axis]->value > 0)) continue;
        const double log_value = std::log(image.axes[axis]->value), ratio = line->at(log_value);
        c.ratio = ratio;
        c.spread = line->spread();
        if (const auto error = line->error_at(log_value)) c.standard_error = *error / std::abs(ratio);
        c.error_estimate = line->solver_error() / std::abs(ratio);
    }
    return corrections;
}

GridCorrection correction_of(const TwoGrid& image)
{
    const double value = image.extrapolated();
    return {.blocks = 1,
            .two_cells = 1,
            .ratio = value / image.one,
            .error_estimate = image.extrapolated_error() / std::abs(value) + image.error_estimate_one};
}

} // namespace lapilli::property
