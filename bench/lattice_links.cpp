// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "lattice_links.hpp"

#include "brick/morton.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace lapilli::bench {

namespace {

using Voxel = std::array<std::int64_t, 3>; // x, y, z

/// The pores of the whole image by their canonical number.
class Numbers {
public:
    explicit Numbers(const image::PoreSpace& pores) : shape_(pores.shape())
    {
        std::vector<brick::Brick> mine(pores.owned_bricks().begin(), pores.owned_bricks().end());
        bricks_ = pores.comm().gather_all(std::span<const brick::Brick>(mine));
        for (std::size_t a = 0; a < 3; ++a) extent_[a] = (shape_.along(all_axes[a]) + brick::edge - 1) / brick::edge;
        at_.assign(static_cast<std::size_t>(extent_[0] * extent_[1] * extent_[2]), -1);
        std::int32_t first = 0;
        for (std::size_t i = 0; i < bricks_.size(); ++i) {
            const auto p = brick::from_morton(bricks_[i].code);
            at_[place({p.x, p.y, p.z})] = static_cast<std::int32_t>(i);
            bricks_[i].first = first;
            first += bricks_[i].pores;
        }
    }

    bool inside(const Voxel& v, std::size_t axis) const { return v[axis] >= 0 && v[axis] < shape_.along(all_axes[axis]); }
    /// Absent: solid or outside.
    std::optional<std::int32_t> of(const Voxel& v) const
    {
        if (!inside(v, 0) || !inside(v, 1) || !inside(v, 2)) return std::nullopt;
        const auto i = at_[place({v[0] / brick::edge, v[1] / brick::edge, v[2] / brick::edge})];
        if (i < 0) return std::nullopt;
        const auto& b = bricks_[static_cast<std::size_t>(i)];
        const auto x = static_cast<int>(v[0] % brick::edge), y = static_cast<int>(v[1] % brick::edge),
                   z = static_cast<int>(v[2] % brick::edge);
        if (!b.mask.test(x, y, z)) return std::nullopt;
        return b.index(z * brick::edge + y, x);
    }

private:
    std::size_t place(const Voxel& brick) const
    {
        return static_cast<std::size_t>((brick[2] * extent_[1] + brick[1]) * extent_[0] + brick[0]);
    }

    Shape shape_;
    Voxel extent_{};
    std::vector<brick::Brick> bricks_;
    std::vector<std::int32_t> at_;
};

/// A population that comes from another rank.
struct Remote {
    std::int64_t number; ///< as in LatticeLinks::ghost_numbers
    int direction;
    std::int32_t pore;
};

/// Links without neighbours: what leaves a pore comes back.
LatticeLinks isolated(const image::PoreSpace& pores, std::int32_t block)
{
    LatticeLinks links;
    links.pores = pores.pores();
    links.stride = (links.pores + block - 1) / block * block;
    const std::int64_t mine[] = {pores.pores()};
    links.first_pore = pores.comm().gather_all(std::span<const std::int64_t>(mine));
    links.first_pore.insert(links.first_pore.begin(), 0);
    for (std::size_t r = 1; r < links.first_pore.size(); ++r) links.first_pore[r] += links.first_pore[r - 1];
    for (int i = 1; i < D3Q19::directions; ++i) {
        links.address[i].resize(links.stride);
        std::iota(links.address[i].begin(), links.address[i].end(), i * links.stride);
    }
    return links;
}

class Builder {
public:
    Builder(const image::PoreSpace& pores, Axis flow, std::int32_t block)
        : links_(isolated(pores, block)), numbers_(pores), flow_(index(flow)), first_(links_.first_pore[pores.comm().rank()])
    {
    }

    /// Links a pore to where its populations come from on this rank; what comes from elsewhere is noted by its number.
    void link(std::int32_t pore, const Voxel& here)
    {
        for (int i = 1; i < D3Q19::directions; ++i) {
            Voxel from = here;
            for (int a = 0; a < 3; ++a) from[a] -= D3Q19::along(i, a);
            if (!numbers_.inside(from, flow_)) {
                from[flow_] = here[flow_];
                if (numbers_.of(from)) links_.ends.push_back({pore, i});
                continue;
            }
            const auto number = numbers_.of(from);
            if (!number) continue;
            const std::int64_t local = *number - first_;
            if (local < 0 || local >= links_.pores)
                remote_.push_back({*number * std::int64_t{D3Q19::directions} + D3Q19::opposite(i), i, pore});
            else
                links_.address[i][pore] = D3Q19::opposite(i) * links_.stride + static_cast<std::int32_t>(local);
        }
    }

    /// Ghosts stand behind the populations, in the order of their numbers.
    LatticeLinks with_ghosts() &&
    {
        std::sort(remote_.begin(), remote_.end(), [](const Remote& a, const Remote& b) { return a.number < b.number; });
        std::int32_t ghost = D3Q19::directions * links_.stride;
        for (const auto& r : remote_) {
            links_.ghost_numbers.push_back(r.number);
            links_.address[r.direction][r.pore] = ghost++;
        }
        return std::move(links_);
    }

private:
    LatticeLinks links_;
    Numbers numbers_;
    int flow_;
    std::int64_t first_; // number of this rank's first pore
    std::vector<Remote> remote_;
};

} // namespace

LatticeLinks make_links(const image::PoreSpace& pores, Axis axis, std::int32_t block)
{
    Builder builder(pores, axis, block);
    for (const auto& b : pores.owned_bricks())
        brick::for_each_pore(b, [&](int row, int x, int pore) {
            const auto p = brick::from_morton(b.code);
            builder.link(b.first + pore, {p.x * brick::edge + x, p.y * brick::edge + row % brick::edge,
                                          p.z * brick::edge + row / brick::edge});
        });
    return std::move(builder).with_ghosts();
}

} // namespace lapilli::bench
