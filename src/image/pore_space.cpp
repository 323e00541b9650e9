// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/pore_space.hpp"

#include "brick/morton.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <optional>

namespace lapilli::image {

namespace {

struct Record {
    std::uint64_t code;
    brick::Mask mask;
};

/// Bricks in Morton order. @param records, phases  from each rank, in its order
BrickSet sorted(const std::vector<std::vector<Record>>& records, const std::vector<std::vector<std::uint8_t>>& phases)
{
    struct Place {
        std::size_t rank, record, phase;
    };
    std::vector<Place> places;
    for (std::size_t r = 0; r < records.size(); ++r) {
        std::size_t at = 0;
        for (std::size_t i = 0; i < records[r].size(); ++i) {
            places.push_back({r, i, at});
            at += records[r][i].mask.count();
        }
    }
    const auto record = [&](const Place& p) -> const Record& { return records[p.rank][p.record]; };
    std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) { return record(a).code < record(b).code; });

    BrickSet bricks;
    for (const auto& place : places) {
        bricks.codes.push_back(record(place).code);
        bricks.masks.push_back(record(place).mask);
        if (phases[place.rank].empty()) continue;
        const auto from = phases[place.rank].begin() + place.phase;
        bricks.phases.insert(bricks.phases.end(), from, from + record(place).mask.count());
    }
    return bricks;
}

/// Sends every brick to the rank that owns its place on the curve; returns what this rank owns, in Morton order.
BrickSet send_to_owners(const parallel::Communicator& comm, const BrickSet& mine, const brick::Partition& partition)
{
    std::vector<std::vector<Record>> records(comm.size());
    std::vector<std::vector<std::uint8_t>> phases(comm.size());
    auto phase = mine.phases.begin();
    for (std::size_t b = 0; b < mine.codes.size(); ++b) {
        const int pores = mine.masks[b].count();
        const int to = partition.owner(mine.codes[b]);
        if (pores > 0) records[to].push_back({mine.codes[b], mine.masks[b]});
        if (mine.phases.empty()) continue;
        phases[to].insert(phases[to].end(), phase, phase + pores);
        phase += pores;
    }
    return sorted(comm.exchange_all(records), comm.exchange_all(phases));
}

brick::Partition partition_of(const parallel::Communicator& comm, const BrickSet& mine)
{
    struct Weight {
        std::uint64_t code;
        std::int64_t pores;
    };
    std::vector<Weight> weights;
    for (std::size_t b = 0; b < mine.codes.size(); ++b)
        if (const int pores = mine.masks[b].count(); pores > 0) weights.push_back({mine.codes[b], pores});
    auto all = comm.gather_all(std::span<const Weight>(weights));
    std::sort(all.begin(), all.end(), [](const Weight& a, const Weight& b) { return a.code < b.code; });
    std::vector<std::uint64_t> codes;
    std::vector<std::int64_t> pores;
    for (const auto& w : all) {
        codes.push_back(w.code);
        pores.push_back(w.pores);
    }
    return brick::cut_curve(codes, pores, comm.size());
}

/// Morton code of the brick beyond `face`, or nothing outside the image.
std::optional<std::uint64_t> code_beyond(const brick::Grid& grid, std::uint64_t code, int face)
{
    auto p = brick::from_morton(code);
    (face / 2 == 0 ? p.x : face / 2 == 1 ? p.y : p.z) += face % 2 == 0 ? -1 : 1;
    const auto beyond = grid.inside(p);
    return beyond ? std::optional(brick::morton(*beyond)) : std::nullopt;
}

} // namespace

PoreSpace::PoreSpace(const parallel::Communicator& comm, const Shape& shape, BrickSet mine, Boundary beyond,
                     const EdgeRatios& edges)
    : comm_(comm), grid_(shape, beyond), beyond_(beyond), edges_(edges), partition_(partition_of(comm, mine))
{
    const auto owned = send_to_owners(comm, mine, partition_);
    mine = BrickSet{};
    number_owned(owned);
    find_neighbours();
}

PoreSpace::PoreSpace(const PoreSpace& image, const brick::Partition& partition, BrickSet owned)
    : comm_(image.comm_), grid_(image.grid_), beyond_(image.beyond_), edges_(image.edges_), partition_(partition)
{
    number_owned(std::move(owned));
    find_neighbours();
}

void PoreSpace::leave_out(const BrickSet& outside)
{
    std::map<std::uint64_t, brick::Mask> masks;
    const auto received = send_to_owners(comm_, outside, partition_);
    for (std::size_t b = 0; b < received.codes.size(); ++b) masks[received.codes[b]] = received.masks[b];
    if (!comm_.any(!masks.empty())) return;
    for (const auto& b : owned_bricks()) {
        auto& mask = masks[b.code];
        for (std::size_t r = 0; r < mask.row.size(); ++r) mask.row[r] |= b.mask.row[r];
    }
    BrickSet open;
    for (const auto& [code, mask] : masks) {
        open.codes.push_back(code);
        open.masks.push_back(mask);
    }
    open_.reset(new PoreSpace(*this, partition_, std::move(open)));
}

void PoreSpace::number_owned(BrickSet owned)
{
    std::int64_t count = 0;
    for (const auto& mask : owned.masks) count += mask.count();
    total_pores_ = comm_.sum(count);
    const bool too_many = count > std::numeric_limits<std::int32_t>::max() / 2;
    if (comm_.any(too_many))
        throw failure("one rank would hold more than 10^9 pore voxels, but local indices have 32 bits; use more ranks");
    bricks_.resize(owned.codes.size());
    owned_bricks_ = bricks_.size();
    for (std::size_t b = 0; b < bricks_.size(); ++b) {
        bricks_[b].code = owned.codes[b];
        bricks_[b].extent = grid_.extent(brick::from_morton(owned.codes[b]));
        bricks_[b].mask = owned.masks[b];
        bricks_[b].number(pores_);
        pores_ += bricks_[b].pores;
    }
    phases_ = std::move(owned.phases);
}

/// What other ranks need to know, by rank.
struct PoreSpace::Border {
    struct Layer {
        std::uint64_t code;
        brick::Mask mask;
    };
    std::vector<std::vector<Layer>> layers;       ///< pores of owned bricks that touch the rank's piece of the curve
    std::vector<std::vector<std::int32_t>> pores; ///< their local indices
};

void PoreSpace::find_neighbours()
{
    add_ghosts(touching_others());
    link_bricks();
}

PoreSpace::Border PoreSpace::touching_others() const
{
    const std::size_t ranks = comm_.size();
    Border border{std::vector<std::vector<Border::Layer>>(ranks), std::vector<std::vector<std::int32_t>>(ranks)};
    for (const auto& b : bricks_) {
        std::map<int, brick::Mask> layers;
        for (int face = 0; face < brick::faces; ++face) {
            const auto beyond = code_beyond(grid_, b.code, face);
            if (!beyond) continue;
            const int owner = partition_.owner(*beyond);
            if (owner == comm_.rank()) continue;
            const auto layer = brick::face_layer(b, face);
            auto& united = layers[owner];
            for (std::size_t r = 0; r < layer.row.size(); ++r) united.row[r] |= layer.row[r];
        }
        for (const auto& [owner, mask] : layers) {
            if (mask.count() == 0) continue;
            border.layers[owner].push_back({b.code, mask});
            for (int r = 0; r < brick::rows; ++r)
                for (unsigned bits = mask.row[r]; bits != 0; bits &= bits - 1)
                    border.pores[owner].push_back(b.index(r, std::countr_zero(bits)));
        }
    }
    return border;
}

/// What touches this rank becomes its ghosts, by owner and Morton order.
void PoreSpace::add_ghosts(Border border)
{
    const auto incoming = comm_.exchange_all(border.layers);
    std::vector<parallel::Exchange::Neighbour> neighbours;
    for (int r = 0; r < comm_.size(); ++r) {
        const std::int32_t ghost_first = pores_ + ghosts_;
        for (const auto& layer : incoming[r]) {
            auto& ghost = bricks_.emplace_back();
            ghost.code = layer.code;
            ghost.extent = grid_.extent(brick::from_morton(layer.code));
            ghost.mask = layer.mask;
            ghost.number(pores_ + ghosts_);
            ghosts_ += ghost.pores;
        }
        const std::int32_t count = pores_ + ghosts_ - ghost_first;
        if (count > 0 || !border.pores[r].empty()) neighbours.push_back({r, std::move(border.pores[r]), ghost_first, count});
    }
    halo_ = parallel::Exchange(comm_, std::move(neighbours));
}

/// Who is whose neighbour, and which bricks have ghosts beside them.
void PoreSpace::link_bricks()
{
    std::vector<std::pair<std::uint64_t, std::int32_t>> directory;
    for (const auto& b : bricks_) directory.emplace_back(b.code, std::ssize(directory));
    std::sort(directory.begin(), directory.end());
    const auto find = [&](std::uint64_t code) {
        const auto at = std::lower_bound(directory.begin(), directory.end(), std::pair{code, std::int32_t{-1}});
        return at != directory.end() && at->first == code ? at->second : -1;
    };
    const std::int32_t owned = owned_bricks().size();
    for (std::int32_t b = 0; b < owned; ++b) {
        bool beside_ghost = false;
        for (int face = 0; face < brick::faces; ++face) {
            const auto beyond = code_beyond(grid_, bricks_[b].code, face);
            const std::int32_t n = beyond ? find(*beyond) : -1;
            bricks_[b].neighbour[face] = n;
            beside_ghost = beside_ghost || n >= owned;
        }
        (beside_ghost ? boundary_ : interior_).push_back(b);
    }
}

int PoreSpace::image_beyond(const brick::Brick& brick, int face) const
{
    if (beyond_ == Boundary::sealed) return 0;
    const Axis axis = all_axes[face / 2];
    const std::int64_t first = coordinate(brick, axis, 0, 0);
    if (face % 2 == 0) return first == 0 ? -1 : 0;
    return first + brick::edge >= shape().along(axis) ? 1 : 0;
}

std::int64_t PoreSpace::coordinate(const brick::Brick& brick, Axis axis, int row, int x) const
{
    const auto p = brick::from_morton(brick.code);
    switch (axis) {
    case Axis::x:
        return p.x * brick::edge + x;
    case Axis::y:
        return p.y * brick::edge + row % brick::edge;
    default:
        return p.z * brick::edge + row / brick::edge;
    }
}

} // namespace lapilli::image
