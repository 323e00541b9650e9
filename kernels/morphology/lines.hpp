// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "core/axis.hpp"
#include "core/boundary.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::morphology {

/// The 16×16 lines of voxels along an axis through a column of bricks, from face to face of the image.
class Lines {
public:
    /// @param voxels  of each line
    Lines(Axis axis, std::int64_t voxels);
    /// No pores any more.
    void clear();
    /// Puts the pores of the brick at `place`, in bricks along the axis.
    void put(const brick::Mask& mask, std::int64_t place);
    /// Its voxels that the other lines, of the same column, do not have.
    Lines without(const Lines& other) const;

    std::int64_t voxels() const { return voxels_; }
    /// Sixteen lines side by side: bit j of word i is set where voxel i of line j is a pore; `sheet` in [0, 16).
    std::span<const std::uint16_t> sheet(int sheet) const
    {
        return std::span(words_).subspan(sheet * stride_).first(voxels_);
    }

private:
    Axis axis_;
    std::int64_t voxels_;
    std::int64_t stride_;
    std::vector<std::uint16_t> words_; ///< (16, stride)
};

/// The runs of pores along lines.
struct Chords {
    /// whole[n]: those of n voxels that have solid at both ends. As many places as an axis has voxels, and one more.
    std::vector<std::int64_t> whole;
    std::int64_t cut = 0; ///< those that reach a face of the image or what is outside the sample; of a periodic image, lines
                          ///< without solid
    std::int64_t cut_voxels = 0; ///< in these

    Chords() = default;
    /// @param voxels  of a line
    explicit Chords(std::int64_t voxels) : whole(voxels + 1) {}
    std::int64_t whole_count() const;
    std::int64_t whole_voxels() const;
    /// Of the whole ones [voxel]; 0 without any.
    double mean() const;
};

/// Adds the runs of pores in `lines` to `chords`. Those of a periodic image go on beyond its faces.
/// @param open  the same lines, in which what is outside the sample counts as pore, too; periodic images have none of it
void add_chords(const Lines& lines, const Lines& open, Boundary beyond, Chords& chords);

/// Adds the pairs of pores `lag` voxels apart along `lines` to both[lag]: both inside the image or, in a periodic one, one
/// of them also beyond a face. At most as many lags as a line has voxels.
void add_pairs(const Lines& lines, Boundary beyond, std::span<std::int64_t> both);

} // namespace lapilli::morphology
