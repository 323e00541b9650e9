// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/staggered_grid.hpp"

#include "brick/tile.hpp"

#include <algorithm>
#include <numeric>

namespace lapilli::solve {

namespace {

using IndexTile = brick::Tile<std::int32_t>;
constexpr std::array<int, 6> steps{-1,
                                   1,
                                   -IndexTile::row_stride,
                                   IndexTile::row_stride,
                                   -IndexTile::plane_stride,
                                   IndexTile::plane_stride}; // in the order of brick::Face
constexpr unsigned lower(Axis axis) { return 2 * index(axis); }
constexpr unsigned upper(Axis axis) { return lower(axis) + 1; }

/// Calls visit(brick, tile of the field plus one) for every owned brick; 0 is solid.
template <class Visit>
void for_each_tile(const image::PoreSpace& pores, std::vector<std::int32_t>& plus_one, Visit&& visit)
{
    IndexTile tile;
    for (const auto& b : pores.owned_bricks()) {
        brick::unpack(b, pores.bricks(), plus_one.data(), tile);
        visit(b, tile);
    }
}

} // namespace

/// The steps of construction; what they share and nobody needs later.
class StaggeredGrid::Builder {
public:
    Builder(StaggeredGrid& grid, std::optional<Axis> normal)
        : grid_(grid), pores_(grid.pores_), no_wall_(normal ? 1U << lower(*normal) | 1U << upper(*normal) : 0U)
    {
    }
    void build();

private:
    void number_outlets();
    void find_neighbours();
    void open_faces();
    void lay_out();
    void lay_out_brick(const brick::Brick& b, const IndexTile& tile);
    std::uint16_t place_in_buffer(const BrickCells& cells, std::int32_t at);
    std::int32_t outlet_of(std::int32_t pore) const;
    unsigned leaving(const brick::Brick& b, int row, int x) const;

    StaggeredGrid& grid_;
    const image::PoreSpace& pores_;
    unsigned no_wall_;                     // directions in which what is no pore is no wall
    std::vector<std::int32_t> neighbours_; // of each pore and ghost: bits, plus one
    std::vector<std::uint16_t> place_;     // in the buffer of the brick at work, by place in a field
};

StaggeredGrid::StaggeredGrid(const image::PoreSpace& pores, std::optional<Axis> flow, std::optional<Axis> normal)
    : pores_(pores), flow_(flow), laplacian_(pores.edges(), normal), halo_of_pores_(pores.halo().widened(4))
{
    Builder(*this, normal).build();
}

void StaggeredGrid::Builder::build()
{
    number_outlets();
    find_neighbours();
    open_faces();
    lay_out();
}

/// 1. Outlets: one above each pore of the last layer, in the order of the pores; ghosts in the order of the ghost pores.
void StaggeredGrid::Builder::number_outlets()
{
    auto& list = grid_.last_layer_; // ascending, because ghosts come after owned pores
    if (grid_.flow_)
        for (const auto& b : pores_.bricks()) {
            const auto last = pores_.shape().along(*grid_.flow_) - 1;
            brick::for_each_pore(b, [&](int row, int x, int pore) {
                if (pores_.coordinate(b, *grid_.flow_, row, x) == last) list.push_back(b.first + pore);
            });
        }
    const auto ghosts = std::lower_bound(list.begin(), list.end(), pores_.pores());
    grid_.outlets_ = ghosts - list.begin();
    grid_.size_ = grid_.first_outlet() + list.size() + 1; // never empty: empty means absent

    std::vector<parallel::Exchange::Neighbour> neighbours;
    std::int32_t ghost = grid_.first_outlet() + grid_.outlets_;
    for (const auto& n : pores_.halo().neighbours()) {
        parallel::Exchange::Neighbour with{n.rank, {}, ghost, 0};
        for (const std::int32_t pore : n.send)
            if (std::binary_search(list.begin(), list.end(), pore)) with.send.push_back(outlet_of(pore));
        const auto begin = std::lower_bound(ghosts, list.end(), n.ghost_first);
        const auto end = std::lower_bound(begin, list.end(), n.ghost_first + n.ghosts);
        with.ghosts = end - begin;
        ghost += with.ghosts;
        if (with.ghosts > 0 || !with.send.empty()) neighbours.push_back(std::move(with));
    }
    grid_.halo_of_outlets_ = parallel::Exchange(pores_.comm(), std::move(neighbours), 4);
}

/// The outlet above a pore of the last layer, or the first one after it.
std::int32_t StaggeredGrid::Builder::outlet_of(std::int32_t pore) const
{
    const auto& list = grid_.last_layer_;
    return grid_.first_outlet() + (std::lower_bound(list.begin(), list.end(), pore) - list.begin());
}

/// 2. Which neighbours of each pore are pores, ghosts included: faces look at their edges, so beyond face neighbours.
void StaggeredGrid::Builder::find_neighbours()
{
    auto ones = pores_.make_field<std::int32_t>();
    std::fill(ones.begin(), ones.end(), 1);
    auto bits = pores_.make_field<std::int32_t>();
    for_each_tile(pores_, ones, [&](const brick::Brick& b, const IndexTile& tile) {
        brick::for_each_pore(b, [&](int row, int x, int pore) {
            const std::int32_t* here = tile.row(row % brick::edge, row / brick::edge) + x;
            std::int32_t found = 0;
            for (unsigned f = 0; f < 6; ++f) found |= here[steps[f]] << f;
            bits[b.first + pore] = found + 1;
        });
    });
    const auto ghosts = pores_.halo().ghosts_of<std::int32_t>([&](std::int32_t i) { return bits[i]; });
    std::copy(ghosts.begin(), ghosts.end(), bits.begin() + pores_.pores());
    neighbours_ = std::move(bits);
}

/// Directions in which a pore leaves the image through the inlet or outlet plane.
unsigned StaggeredGrid::Builder::leaving(const brick::Brick& b, int row, int x) const
{
    if (!grid_.flow_) return 0;
    const auto c = pores_.coordinate(b, *grid_.flow_, row, x);
    return (c == 0 ? 1U << lower(*grid_.flow_) : 0U) |
           (c == pores_.shape().along(*grid_.flow_) - 1 ? 1U << upper(*grid_.flow_) : 0U);
}

/// 3. The lower faces of every pore, those above the last layer, and the weights.
void StaggeredGrid::Builder::open_faces()
{
    grid_.row_.resize(grid_.size_);
    grid_.weights_.resize(grid_.size_);
    const auto bits_at = [&](const std::int32_t* p) -> stokes::Neighbours { return (*p - 1) | no_wall_; };
    for_each_tile(pores_, neighbours_, [&](const brick::Brick& b, const IndexTile& tile) {
        brick::for_each_pore(b, [&](int row, int x, int pore) {
            const std::int32_t* p = tile.row(row % brick::edge, row / brick::edge) + x;
            const unsigned here = bits_at(p), out = leaving(b, row, x);
            const std::size_t at = b.first + pore;
            std::array<stokes::Face, 3> below{}, above{};
            for (const Axis axis : all_axes) {
                const int a = index(axis);
                const std::int32_t *under = p + steps[lower(axis)], *over = p + steps[upper(axis)];
                if (*under != 0 || (out >> lower(axis) & 1U) != 0)
                    below[a] = stokes::open_face(axis, here, *under != 0 ? bits_at(under) : here, out);
                if (*over != 0 || (out >> upper(axis) & 1U) != 0)
                    above[a] = stokes::open_face(axis, here, *over != 0 ? bits_at(over) : here, out);
            }
            grid_.row_[at] = {stokes::diagonal_code(below), 0};
            grid_.weights_[at] = {stokes::weight_code(below), stokes::weight_code(above)};
            if (!grid_.flow_) return;
            if ((out >> lower(*grid_.flow_) & 1U) != 0) grid_.row_[at].end = at_inlet;
            if ((out >> upper(*grid_.flow_) & 1U) == 0) return;
            const std::size_t outlet = outlet_of(b.first + pore);
            const int a = index(*grid_.flow_);
            std::array<stokes::Face, 3> only{};
            only[a] = above[a];
            grid_.row_[outlet] = {stokes::diagonal_code(only), at_outlet};
            grid_.weights_[outlet] = {stokes::weight_code(only), 0};
        });
    });
    grid_.exchange(grid_.row_);
}

/// 4. For every brick what surrounds it, and where its rows find their neighbours.
void StaggeredGrid::Builder::lay_out()
{
    place_.assign(grid_.size_, 0);
    auto numbers = pores_.make_field<std::int32_t>();
    std::iota(numbers.begin(), numbers.end(), 1);
    grid_.around_.reserve(std::size_t{6} * (pores_.pores() + grid_.outlets_));
    for_each_tile(pores_, numbers, [&](const brick::Brick& b, const IndexTile& tile) { lay_out_brick(b, tile); });

    std::size_t largest = 0;
    const auto is_ghost = [&](std::int32_t at) {
        return (at >= pores_.pores() && at < grid_.first_outlet()) || at >= grid_.first_outlet() + grid_.outlets_;
    };
    for (std::int32_t i = 0; i < grid_.bricks(); ++i) {
        const auto& cells = grid_.brick_[i];
        const auto halo = std::span(grid_.halo_).subspan(cells.halo_begin, cells.halo_end - cells.halo_begin);
        (std::any_of(halo.begin(), halo.end(), is_ghost) ? grid_.boundary_ : grid_.interior_).push_back(i);
        largest = std::max(largest, 1 + cells.pores + cells.outlets + halo.size());
    }
    grid_.buffer_.resize(largest);
}

void StaggeredGrid::Builder::lay_out_brick(const brick::Brick& b, const IndexTile& tile)
{
    auto& cells = grid_.brick_.emplace_back();
    cells.first = b.first;
    cells.pores = b.pores;
    cells.first_outlet = outlet_of(b.first);
    cells.outlets = outlet_of(b.first + b.pores) - cells.first_outlet;
    cells.first_around = grid_.around_.size() / 6;
    cells.halo_begin = cells.halo_end = grid_.halo_.size();

    std::vector<std::uint16_t> around_outlets;
    brick::for_each_pore(b, [&](int row, int x, int pore) {
        const std::int32_t* p = tile.row(row % brick::edge, row / brick::edge) + x;
        const std::uint8_t end = grid_.row_[b.first + pore].end;
        cells.at_end = cells.at_end || end != 0;
        const auto last = grid_.flow_ && (leaving(b, row, x) >> upper(*grid_.flow_) & 1U) != 0;
        for (unsigned f = 0; f < 6; ++f) {
            const std::int32_t neighbour = p[steps[f]] - 1;
            if (last && f == upper(*grid_.flow_))
                grid_.around_.push_back(place_in_buffer(cells, outlet_of(b.first + pore)));
            else
                grid_.around_.push_back(neighbour < 0 ? std::uint16_t{0} : place_in_buffer(cells, neighbour));
            if (!last) continue;
            if (all_axes[f / 2] == *grid_.flow_) // a mirror: below and above is the face below
                around_outlets.push_back(place_in_buffer(cells, b.first + pore));
            else
                around_outlets.push_back(neighbour < 0 ? std::uint16_t{0} : place_in_buffer(cells, outlet_of(neighbour)));
        }
    });
    grid_.around_.insert(grid_.around_.end(), around_outlets.begin(), around_outlets.end());
    for (std::int32_t h = cells.halo_begin; h < cells.halo_end; ++h) place_[grid_.halo_[h]] = 0;
}

/// Where the value at a place of a field stands in the buffer of a brick; a new one joins the brick's halo.
std::uint16_t StaggeredGrid::Builder::place_in_buffer(const BrickCells& cells, std::int32_t at)
{
    const std::int32_t pore = at - cells.first, outlet = at - cells.first_outlet;
    if (pore >= 0 && pore < cells.pores) return 1 + pore;
    if (outlet >= 0 && outlet < cells.outlets) return 1 + cells.pores + outlet;
    auto& place = place_[at];
    if (place == 0) {
        auto& mutable_cells = grid_.brick_.back();
        place = 1 + cells.pores + cells.outlets + (cells.halo_end - cells.halo_begin);
        ++mutable_cells.halo_end;
        grid_.halo_.push_back(at);
    }
    return place;
}

void StaggeredGrid::start_exchange(Float4* field) const
{
    halo_of_pores_.start(reinterpret_cast<float*>(field));
    halo_of_outlets_.start(reinterpret_cast<float*>(field));
}

void StaggeredGrid::finish_exchange(Float4* field) const
{
    halo_of_pores_.finish(reinterpret_cast<float*>(field));
    halo_of_outlets_.finish(reinterpret_cast<float*>(field));
}

std::size_t StaggeredGrid::bytes() const
{
    return around_.size() * 2 + halo_.size() * 4 + size_ * (sizeof(Row) + sizeof(Weights)) +
           brick_.size() * sizeof(BrickCells) + halo_of_pores_.bytes() + halo_of_outlets_.bytes();
}

} // namespace lapilli::solve
