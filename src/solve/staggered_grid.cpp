// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/staggered_grid.hpp"

#include "brick/beside.hpp"
#include "brick/row_bytes.hpp"
#include "brick/tile.hpp"
#include "image/pore_neighbours.hpp"

#include <algorithm>
#include <bit>

namespace lapilli::solve {

namespace {

/// Of a tile of any values.
using Tile = brick::Tile<std::uint16_t>;
constexpr std::array<int, 6> steps{
    -1, 1, -Tile::row_stride, Tile::row_stride, -Tile::plane_stride, Tile::plane_stride}; // in the order of brick::Face
constexpr unsigned lower(Axis axis) { return 2 * index(axis); }
constexpr unsigned upper(Axis axis) { return lower(axis) + 1; }

/// Calls visit(row, x) for every pore of the mask, in canonical order.
template <class Visit>
void for_each_of(const brick::Mask& mask, Visit&& visit)
{
    for (int r = 0; r < brick::rows; ++r)
        for (unsigned bits = mask.row[r]; bits != 0; bits &= bits - 1) visit(r, std::countr_zero(bits));
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
    void open_faces();
    void lay_out();
    void open_row(const brick::Brick& b, int r, const std::uint8_t* neighbours, std::int32_t& outlet);
    void lay_out_brick(const brick::Brick& b);
    std::int32_t outlet_of(std::int32_t pore) const;
    brick::Mask on_plane(const brick::Brick& b, bool inlet) const;

    StaggeredGrid& grid_;
    const image::PoreSpace& pores_;
    std::uint8_t no_wall_;       // directions in which what is no pore is no wall
    brick::Mask inlet_, outlet_; // pores on the planes, of the brick at work
};

StaggeredGrid::StaggeredGrid(const image::PoreSpace& pores, std::optional<Axis> flow, std::optional<Axis> normal)
    : pores_(pores), flow_(flow), laplacian_(pores.edges(), normal), halo_of_pores_(pores.halo().widened(4))
{
    Builder(*this, normal).build();
}

void StaggeredGrid::Builder::build()
{
    number_outlets();
    open_faces();
    lay_out();
}

/// 1. Outlets: one above each pore of the last layer, in the order of the pores; ghosts in the order of the ghost pores.
void StaggeredGrid::Builder::number_outlets()
{
    auto& list = grid_.last_layer_; // ascending, because ghosts come after owned pores
    if (grid_.flow_)
        for (const auto& b : pores_.bricks())
            for_each_of(on_plane(b, false), [&](int r, int x) { list.push_back(b.index(r, x)); });
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

/// The pores of a brick on the inlet or on the outlet plane.
brick::Mask StaggeredGrid::Builder::on_plane(const brick::Brick& b, bool inlet) const
{
    if (!grid_.flow_) return {};
    const int face = inlet ? lower(*grid_.flow_) : upper(*grid_.flow_);
    const auto layer = pores_.coordinate(b, *grid_.flow_, 0, 0) + b.outermost(face);
    return layer == (inlet ? 0 : pores_.shape().along(*grid_.flow_) - 1) ? brick::face_layer(b, face) : brick::Mask{};
}

/// 2. The lower faces of every pore, those above the last layer, and the weights. Faces look at their edges, so beyond face
/// neighbours.
void StaggeredGrid::Builder::open_faces()
{
    grid_.row_.resize(grid_.size_);
    grid_.weights_.resize(grid_.size_);
    const auto neighbours = image::pore_neighbours(pores_);
    brick::Tile<std::uint8_t> tile;
    for (const auto& b : pores_.owned_bricks()) {
        brick::unpack(b, pores_.bricks(), neighbours.data(), tile);
        inlet_ = on_plane(b, true);
        outlet_ = on_plane(b, false);
        std::int32_t outlet = outlet_of(b.first);
        for (int r = 0; r < brick::rows; ++r)
            if (b.mask.row[r] != 0) open_row(b, r, tile.row(r % brick::edge, r / brick::edge), outlet);
    }
    grid_.exchange(grid_.row_);
}

/// Those of a row of voxels. @param outlet  the next one
void StaggeredGrid::Builder::open_row(const brick::Brick& b, int r, const std::uint8_t* neighbours, std::int32_t& outlet)
{
    using brick::RowBytes;
    RowBytes out{};
    if (grid_.flow_)
        out = (brick::spread(inlet_.row[r]) & brick::with_bit(lower(*grid_.flow_))) |
              (brick::spread(outlet_.row[r]) & brick::with_bit(upper(*grid_.flow_)));
    const RowBytes here = brick::load_row(neighbours) | no_wall_;
    const auto faces = [&](Axis axis, unsigned direction) {
        const RowBytes beyond = brick::load_row(neighbours + steps[direction]), pore = brick::where_set(beyond);
        const RowBytes leaves = brick::where_set(out & brick::with_bit(direction));
        return stokes::open_faces(axis, pore | leaves, here, (pore & (beyond | no_wall_)) | (~pore & here), out);
    };
    std::array<stokes::Faces, 3> below, above;
    for (const Axis axis : all_axes) {
        below[index(axis)] = faces(axis, lower(axis));
        above[index(axis)] = faces(axis, upper(axis));
    }
    const auto diagonals = stokes::diagonal_codes_of(below);
    const RowBytes lower_weights = stokes::weight_codes(below), upper_weights = stokes::weight_codes(above);
    std::int32_t at = b.first + b.start[r];
    for (unsigned bits = b.mask.row[r]; bits != 0; bits &= bits - 1, ++at) {
        const int x = std::countr_zero(bits);
        const bool inlet = (inlet_.row[r] >> x & 1) != 0;
        grid_.row_[at] = {diagonals[x], inlet ? at_inlet : std::uint8_t{0}};
        grid_.weights_[at] = {lower_weights[x], upper_weights[x]};
    }
    if (outlet_.row[r] == 0) return;
    std::array<stokes::Faces, 3> only{};
    only[index(*grid_.flow_)] = above[index(*grid_.flow_)];
    const auto diagonals_above = stokes::diagonal_codes_of(only);
    const RowBytes weights_above = stokes::weight_codes(only);
    for (unsigned bits = outlet_.row[r]; bits != 0; bits &= bits - 1, ++outlet) {
        const int x = std::countr_zero(bits);
        grid_.row_[outlet] = {diagonals_above[x], at_outlet};
        grid_.weights_[outlet] = {weights_above[x], 0};
    }
}

/// 3. For every brick what surrounds it, and where its rows find their neighbours.
void StaggeredGrid::Builder::lay_out()
{
    grid_.around_.reserve(std::size_t{6} * (pores_.pores() + grid_.outlets_));
    for (const auto& b : pores_.owned_bricks()) lay_out_brick(b);

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

void StaggeredGrid::Builder::lay_out_brick(const brick::Brick& b)
{
    auto& cells = grid_.brick_.emplace_back();
    cells.first = b.first;
    cells.pores = b.pores;
    cells.first_outlet = outlet_of(b.first);
    cells.outlets = outlet_of(b.first + b.pores) - cells.first_outlet;
    cells.first_around = grid_.around_.size() / 6;
    cells.halo_begin = grid_.halo_.size();
    const brick::Mask last = on_plane(b, false);

    // where in the buffer each voxel stands; the outlets are those of the layer beyond the last one
    Tile places;
    const auto place_of = [&](int r, int x) { return places.row(r % brick::edge, r / brick::edge) + x; };
    std::uint16_t next = 1;
    brick::for_each_pore(b, [&](int r, int x, int) { *place_of(r, x) = next++; });
    for_each_of(last, [&](int r, int x) { place_of(r, x)[steps[upper(*grid_.flow_)]] = next++; });
    brick::for_each_beside(b, pores_.bricks(), [&](int face, int r, int x, std::int32_t beyond) {
        auto* place = place_of(r, x) + steps[face];
        *place = next++;
        grid_.halo_.push_back(beyond);
        if ((last.row[r] >> x & 1) == 0 || all_axes[face / 2] == *grid_.flow_) return;
        place[steps[upper(*grid_.flow_)]] = next++;
        grid_.halo_.push_back(outlet_of(beyond));
    });
    cells.halo_end = grid_.halo_.size();

    const auto append = [&](auto&& place_at) {
        for (const unsigned f : {0U, 1U, 2U, 3U, 4U, 5U}) grid_.around_.push_back(place_at(f));
    };
    brick::for_each_pore(b, [&](int r, int x, int) {
        const auto* place = place_of(r, x);
        append([&](unsigned f) { return place[steps[f]]; });
    });
    for_each_of(last, [&](int r, int x) { // a mirror: below and above is the face below
        const auto *pore = place_of(r, x), *place = pore + steps[upper(*grid_.flow_)];
        append([&](unsigned f) { return all_axes[f / 2] == *grid_.flow_ ? *pore : place[steps[f]]; });
    });
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
