// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/axis_order.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

namespace lapilli::image {

namespace {

constexpr std::int64_t pieces = 48;
constexpr std::int64_t longest_piece = 2048;
constexpr std::int64_t narrowest = 8; ///< extents below that have too few neighbours to tell
constexpr std::int64_t most_streamed = std::int64_t{8} << 20;

/// Fractions of pairs of voxels that differ, by how far they lie apart in the file.
class Disagreement {
public:
    Disagreement(std::int64_t voxels, const ReadVoxels& read)
        : voxels_(voxels), piece_(std::min(longest_piece, voxels / 8)), read_(read)
    {
        for (std::int64_t p = 0; p < pieces; ++p) {
            here_.emplace_back(piece_);
            read_(start(p, 0), here_.back());
        }
    }

    /// Of two voxels that have nothing to do with each other.
    double unrelated() const
    {
        std::map<std::int32_t, double> counts;
        double all = 0, alike = 0;
        for (const auto& piece : here_)
            for (const auto label : piece) counts[label] += 1, all += 1;
        for (const auto& entry : counts) alike += entry.second * entry.second;
        return 1 - alike / (all * all);
    }
    /// At that distance, anywhere.
    double apart(std::int64_t distance)
    {
        const auto known = by_distance_.find(distance);
        if (known != by_distance_.end()) return known->second;
        double differ = 0;
        for (std::int64_t p = 0; p < pieces; ++p) differ += differences(start(p, distance), distance, piece_);
        return by_distance_[distance] = differ / (pieces * piece_);
    }
    /// Between the last voxels of rows and the first ones of the next.
    double across_rows(std::int64_t row) const
    {
        double differ = 0, all = 0;
        for (std::int64_t p = 0; p < pieces; ++p) {
            const auto& piece = here_[p];
            for (std::int64_t i = 1; i < piece_; ++i)
                if ((start(p, 0) + i) % row == 0) {
                    all += 1;
                    differ += piece[i] != piece[i - 1];
                }
        }
        return all > 0 ? differ / all : 0;
    }
    /// Between the last rows of planes and the first ones of the next.
    double across_planes(std::int64_t row, std::int64_t rows) const
    {
        const std::int64_t plane = row * rows, planes = (voxels_ - row) / plane;
        const std::int64_t length = std::min(row, longest_piece), wanted = std::min(planes, pieces);
        double differ = 0;
        for (std::int64_t p = 0; p < wanted; ++p)
            differ += differences((1 + p * (planes - 1) / std::max<std::int64_t>(1, wanted - 1)) * plane - row, row, length);
        return wanted > 0 ? differ / (wanted * length) : 0;
    }

private:
    /// Of a piece after which so many voxels follow.
    std::int64_t start(std::int64_t piece, std::int64_t distance) const
    {
        return piece * (voxels_ - distance - piece_) / (pieces - 1);
    }
    std::int64_t differences(std::int64_t first, std::int64_t distance, std::int64_t length) const
    {
        std::vector<std::int32_t> a(length), b(a.size());
        read_(first, a);
        read_(first + distance, b);
        return std::inner_product(a.begin(), a.end(), b.begin(), std::int64_t{0}, std::plus<>(), std::not_equal_to<>());
    }

    std::int64_t voxels_;
    std::int64_t piece_;
    const ReadVoxels& read_;
    std::vector<std::vector<std::int32_t>> here_;
    std::map<std::int64_t, double> by_distance_;
};

/// What speaks for an order of the axes.
struct Evidence {
    double neighbours = 0; ///< how often those along y and z differ
    double seams = 0;      ///< by how much more often voxels differ where a row or a plane ends
};

Evidence evidence(Disagreement& differ, const Shape& shape)
{
    const double x = differ.apart(1), y = differ.apart(shape.nx), z = differ.apart(shape.plane());
    return {.neighbours = y + z,
            .seams = std::max(0.0, differ.across_rows(shape.nx) - x) +
                     std::max(0.0, differ.across_planes(shape.nx, shape.ny) - y)};
}

bool far_better(const Evidence& other, const Evidence& given, double unrelated)
{
    // Thin layers differ along their axis more than along a wrong one that does not leave them, but the ends of rows and
    // planes stand where they are.
    const bool neighbours_agree = other.neighbours < 0.5 * given.neighbours &&
                                  given.neighbours - other.neighbours > 0.15 * unrelated &&
                                  other.seams > given.seams - 0.05 * unrelated;
    const bool seams_agree = other.neighbours < 0.8 * given.neighbours && other.seams - given.seams > 0.3 * unrelated;
    return neighbours_agree || seams_agree;
}

} // namespace

std::optional<Shape> likelier_order(const Shape& given, std::int64_t voxels, const ReadVoxels& read)
{
    std::array<std::int64_t, 3> extents{given.nz, given.ny, given.nx};
    std::sort(extents.begin(), extents.end());
    const auto largest_plane = extents[1] * extents[2];
    if (extents[0] == extents[2] || extents[0] < narrowest || voxels < 2 * largest_plane) return std::nullopt;
    Disagreement differ(voxels, read);
    const auto of_given = evidence(differ, given);
    std::optional<Shape> best;
    double fewest = of_given.neighbours;
    do {
        const Shape other{extents[0], extents[1], extents[2]};
        const auto of_other = evidence(differ, other);
        if (other == given || of_other.neighbours >= fewest || !far_better(of_other, of_given, differ.unrelated())) continue;
        fewest = of_other.neighbours;
        best = other;
    } while (std::next_permutation(extents.begin(), extents.end()));
    return best;
}

std::optional<Shape> likelier_order(const ImageSource& source)
{
    if (!source.raw.shape) return std::nullopt;
    const Shape shape = *source.raw.shape;
    if (shape.nx == shape.ny && shape.ny == shape.nz) return std::nullopt;
    auto raw = source.raw;
    raw.shape = Shape{shape.nz * shape.ny, 1, shape.nx}; // rows can be read anywhere
    const auto reader = format::open_image(source.path, raw);
    if (!reader->description().raw) return std::nullopt; // which says its shape itself
    std::vector<std::int32_t> rows;
    if (reader->streamed()) {
        const std::int64_t count = std::min(shape.nz * shape.ny, most_streamed / shape.nx);
        rows.resize(count * shape.nx);
        reader->read({0, count}, rows);
        return likelier_order(shape, count * shape.nx, [&](std::int64_t first, std::span<std::int32_t> labels) {
            std::copy_n(rows.begin() + first, labels.size(), labels.begin());
        });
    }
    return likelier_order(shape, shape.voxels(), [&](std::int64_t first, std::span<std::int32_t> labels) {
        const std::int64_t row = first / shape.nx;
        const std::int64_t last = (first + std::ssize(labels) - 1) / shape.nx + 1;
        rows.resize((last - row) * shape.nx);
        reader->read({row, last}, rows);
        std::copy_n(rows.begin() + (first - row * shape.nx), labels.size(), labels.begin());
    });
}

} // namespace lapilli::image
