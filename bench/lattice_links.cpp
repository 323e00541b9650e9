// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "lattice_links.hpp"

#include "brick/morton.hpp"

#include <algorithm>
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

} // namespace

LatticeLinks make_links(const image::PoreSpace& pores, Axis axis, std::int32_t block)
{
    LatticeLinks links;
    links.pores = pores.pores();
    links.stride = (links.pores + block - 1) / block * block;
    const std::int64_t mine[] = {pores.pores()};
    links.first_pore = pores.comm().gather_all(std::span<const std::int64_t>(mine));
    links.first_pore.insert(links.first_pore.begin(), 0);
    for (std::size_t r = 1; r < links.first_pore.size(); ++r) links.first_pore[r] += links.first_pore[r - 1];
    const std::int64_t first = links.first_pore[static_cast<std::size_t>(pores.comm().rank())];

    // 1. addresses of what stays on this rank; what does not is noted by its number
    const Numbers numbers(pores);
    const auto flow = static_cast<std::size_t>(axis);
    struct Remote {
        std::int64_t number;
        int direction;
        std::int32_t pore;
    };
    std::vector<Remote> remote;
    for (int i = 1; i < D3Q19::directions; ++i) {
        auto& address = links.address[static_cast<std::size_t>(i)];
        address.resize(static_cast<std::size_t>(links.stride));
        for (std::int32_t pore = 0; pore < links.stride; ++pore)
            address[static_cast<std::size_t>(pore)] = i * links.stride + pore; // its own that left comes back
    }
    for (const auto& b : pores.owned_bricks())
        brick::for_each_pore(b, [&](int row, int x, int inside) {
            const std::int32_t pore = b.first + inside;
            const auto p = brick::from_morton(b.code);
            const Voxel here{p.x * brick::edge + x, p.y * brick::edge + row % brick::edge,
                             p.z * brick::edge + row / brick::edge};
            for (int i = 1; i < D3Q19::directions; ++i) {
                Voxel from = here;
                for (std::size_t a = 0; a < 3; ++a) from[a] -= D3Q19::along(i, static_cast<int>(a));
                if (!numbers.inside(from, flow)) {
                    from[flow] = here[flow];
                    if (numbers.of(from)) links.ends.push_back({pore, i});
                    continue;
                }
                const auto number = numbers.of(from);
                if (!number) continue;
                const std::int64_t local = *number - first;
                if (local < 0 || local >= links.pores)
                    remote.push_back({*number * std::int64_t{D3Q19::directions} + D3Q19::opposite(i), i, pore});
                else
                    links.address[static_cast<std::size_t>(i)][static_cast<std::size_t>(pore)] =
                        D3Q19::opposite(i) * links.stride + static_cast<std::int32_t>(local);
            }
        });

    // 2. ghosts stand behind the populations, in the order of their numbers
    std::sort(remote.begin(), remote.end(), [](const Remote& a, const Remote& b) { return a.number < b.number; });
    std::int32_t ghost = D3Q19::directions * links.stride;
    for (const auto& r : remote) {
        links.ghost_numbers.push_back(r.number);
        links.address[static_cast<std::size_t>(r.direction)][static_cast<std::size_t>(r.pore)] = ghost++;
    }
    return links;
}

} // namespace lapilli::bench
