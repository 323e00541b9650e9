// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/block_correction.hpp"

#include "property/grid_steps.hpp"
#include "property/pieces.hpp"
#include "property/sample_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

namespace lapilli::property {

namespace {

/// Sums over the blocks, by axis, of the values by two cells per voxel edge.
struct Segmentation {
    PerAxis<double> grown{}, as_is{}, shrunk{};

    static void add(const GridValues& values, PerAxis<double>& to)
    {
        for (const Axis axis : all_axes)
            if (values.axes[axis]) to[axis] += values.axes[axis]->value;
    }
    std::optional<double> sensitivity(Axis axis) const
    {
        if (as_is[axis] == 0) return std::nullopt;
        return (grown[axis] - shrunk[axis]) / (2 * as_is[axis]);
    }
};

/// The blocks at work.
class BlockStudy {
public:
    BlockStudy(Run& run, const image::PoreSpace& pores, const GridProperty& property, const ResolutionOptions& options,
               std::span<const image::Block> blocks)
        : run_(run), pores_(pores), property_(property), options_(options), blocks_(blocks)
    {
    }

    /// All of them; then those whose values are nearest to the image's come first.
    void solve_one_cell(const GridValues& image);
    /// The next of them, up to so many; also with their walls moved, where that was asked for.
    void solve_two_cells(std::size_t up_to);
    BlockCorrection correction(const GridValues& image, double order) const;

private:
    void sort_by_distance(const GridValues& image);
    std::vector<Piece> pieces_on_two_cells(std::size_t turn) const;

    Run& run_;
    const image::PoreSpace& pores_;
    const GridProperty& property_;
    const ResolutionOptions& options_;
    std::span<const image::Block> blocks_;
    std::vector<std::size_t> nearest_; ///< all blocks, in the order in which they are solved on two cells
    std::size_t on_two_cells_ = 0;     ///< of these
    SolvedBlocks solved_{};
    BlockValues values_;
    Segmentation walls_;
    bool converged_ = true;
};

void BlockStudy::solve_one_cell(const GridValues& image)
{
    values_.edge_voxels = blocks_.front().bricks * brick::edge;
    std::vector<Piece> pieces;
    for (std::size_t b = 0; b < blocks_.size(); ++b)
        pieces.push_back({of_block(property_.name, b, blocks_.size()), &pores_, blocks_[b]});
    for (const auto& found : solve_pieces(run_, property_, pieces)) {
        values_.add(found);
        converged_ = converged_ && found.converged;
        for (const Axis axis : all_axes) {
            auto& block = solved_[axis].emplace_back();
            if (found.axes[axis]) block = BlockAlong{*found.axes[axis], {}};
        }
    }
    sort_by_distance(image);
}

void BlockStudy::sort_by_distance(const GridValues& image)
{
    constexpr double closed = 1e3; // farther than any that percolates
    std::vector<double> distance(blocks_.size());
    for (std::size_t b = 0; b < blocks_.size(); ++b)
        for (const Axis axis : all_axes)
            if (image.axes[axis]) {
                const double value = values_.values[axis][b];
                distance[b] += value > 0 ? std::abs(std::log(value / image.axes[axis]->value)) : closed;
            }
    nearest_.resize(blocks_.size());
    std::iota(nearest_.begin(), nearest_.end(), std::size_t{0});
    std::ranges::stable_sort(nearest_, {}, [&](std::size_t block) { return distance[block]; });
    pores_.comm().broadcast(nearest_); // another machine may have other logarithms
}

/// A block as it is, and where that was asked for its pores by other thresholds, or grown and shrunk by a cell. Named by
/// its turn, which is known before the block is.
std::vector<Piece> BlockStudy::pieces_on_two_cells(std::size_t turn) const
{
    const auto step = on_two_cells(of_block(property_.name, turn, blocks_.size()));
    const auto& block = blocks_[nearest_[turn]];
    std::vector<Piece> pieces{{step, &pores_, block, true}};
    if (!options_.segmentation) return pieces;
    for (const auto growth : {image::Growth::grow, image::Growth::shrink}) {
        const auto* other = growth == image::Growth::grow ? options_.wider : options_.narrower;
        pieces.push_back({with_walls(step, growth), other ? other : &pores_, block, true});
        if (!other) pieces.back().walls = growth;
    }
    return pieces;
}

void BlockStudy::solve_two_cells(std::size_t up_to)
{
    std::vector<Piece> pieces;
    for (std::size_t turn = on_two_cells_; turn < up_to; ++turn)
        std::ranges::move(pieces_on_two_cells(turn), std::back_inserter(pieces));
    const auto found = solve_pieces(run_, property_, pieces);
    const std::size_t of_each = options_.segmentation ? 3 : 1;
    for (const auto *two = found.data(), *end = two + found.size(); two != end; two += of_each) {
        converged_ = converged_ && two->converged;
        const auto block = nearest_[on_two_cells_++];
        for (const Axis axis : all_axes)
            if (auto& along = solved_[axis][block]) along->two = two->axes[axis];
        if (!options_.segmentation) continue;
        Segmentation::add(two[0], walls_.as_is);
        Segmentation::add(two[1], walls_.grown);
        Segmentation::add(two[2], walls_.shrunk);
    }
}

BlockCorrection BlockStudy::correction(const GridValues& image, double order) const
{
    BlockCorrection found{corrections_of(solved_, image, order), values_, converged_};
    for (const Axis axis : all_axes)
        if (auto& along = found.axes[axis]) {
            along->edge_voxels = values_.edge_voxels;
            if (options_.segmentation) along->segmentation = walls_.sensitivity(axis);
        }
    return found;
}

/// Whether more blocks on the finer grid would make no number to quote much better than it is.
bool is_enough(const BlockCorrection& found, const SolvedImage& image)
{
    constexpr double fine = 0.01; // another piece of the material differs by far more
    return std::ranges::all_of(found.axes, [&](const auto& along) {
        if (!along || along->blocks == 0) return true;
        if (!(along->ratio > 0) || !along->standard_error) return false;
        return *along->standard_error <= std::max(fine, image.left(*along->ratio - 1));
    });
}

} // namespace

BlockCorrection measure_blocks(Run& run, const SolvedImage& image, const GridProperty& property,
                               const ResolutionOptions& options, std::span<const image::Block> blocks)
{
    BlockStudy study(run, image.pores, property, options, blocks);
    study.solve_one_cell(image.values);
    for (std::size_t solved = 0;;) {
        solved = options.blocks ? blocks.size() : next_two_cells(solved, blocks.size());
        study.solve_two_cells(solved);
        auto found = study.correction(image.values, image.order);
        const bool enough = solved == blocks.size() || is_enough(found, image);
        if (!image.pores.comm().any(!enough)) return found;
    }
}

} // namespace lapilli::property
