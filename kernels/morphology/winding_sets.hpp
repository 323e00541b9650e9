// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstdint>
#include <numeric>
#include <vector>

namespace lapilli::morphology {

/// How many repetitions of a periodic image lie between two places, along x, y, z.
using ImageSteps = std::array<std::int32_t, 3>;

/// Disjoint sets of 0 ... n-1, each element in some repetition of a periodic image. A way round that ends in another
/// repetition than it began in says that the set winds around the image. The root of a set is its smallest element, so
/// neither roots nor windings depend on the order of unions.
template <class Index>
class WindingSets {
public:
    explicit WindingSets(std::size_t n) : parent_(n), steps_(n), winds_(n, 0)
    {
        std::iota(parent_.begin(), parent_.end(), Index{0});
    }

    struct Place {
        Index root = 0;
        ImageSteps steps{}; ///< from the root to the element
    };
    Place place(Index i)
    {
        Place found{};
        while (parent_[i] != i) {
            const Index above = parent_[i];
            add(steps_[i], steps_[above]); // of a root: zero
            parent_[i] = parent_[above];
            add(found.steps, steps_[i]);
            i = parent_[i];
        }
        found.root = i;
        return found;
    }
    Index root(Index i) { return place(i).root; }

    /// Joins the sets of a and b, which touch: b stands `steps` repetitions further than a.
    void unite(Index a, Index b, const ImageSteps& steps)
    {
        const Place from = place(a), to = place(b);
        ImageSteps between{}; // from the root of a to that of b
        std::uint8_t winds = 0;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            between[axis] = from.steps[axis] + steps[axis] - to.steps[axis];
            if (between[axis] != 0) winds |= 1U << axis;
        }
        if (from.root == to.root) {
            mark(from.root, winds);
        } else if (from.root < to.root) {
            adopt(from.root, to.root, between);
        } else {
            for (auto& s : between) s = -s;
            adopt(to.root, from.root, between);
        }
    }
    /// Bit `axis`: the set of this root winds around the image along the axis.
    std::uint8_t winds(Index root) const { return winds_[root]; }
    /// Says so of a set.
    void mark(Index root, std::uint8_t axes) { winds_[root] |= axes; }

private:
    static void add(ImageSteps& to, const ImageSteps& steps)
    {
        for (std::size_t axis = 0; axis < 3; ++axis) to[axis] += steps[axis];
    }
    void adopt(Index root, Index child, const ImageSteps& steps)
    {
        parent_[child] = root;
        steps_[child] = steps;
        mark(root, winds_[child]);
    }

    std::vector<Index> parent_;
    std::vector<ImageSteps> steps_; ///< from the parent
    std::vector<std::uint8_t> winds_;
};

} // namespace lapilli::morphology
