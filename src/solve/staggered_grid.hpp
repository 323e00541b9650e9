// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/float4.hpp"
#include "image/pore_space.hpp"
#include "parallel/exchange.hpp"
#include "stokes/faces.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace lapilli::solve {

/// The marker-and-cell grid on the pores of an image: four values a cell, the velocities on its lower x, y and z faces and
/// its pressure. Across the outlet plane of a sealed axis flow faces that are the lower faces of no pore: they are cells of
/// their own without pressure ("outlets").
///
/// Fields hold the owned pores, the ghost pores, the owned outlets, the ghost outlets: pores stand where they stand in
/// fields on the PoreSpace.
class StaggeredGrid {
public:
    /// @param flow  the axis between the inlet and the outlet plane; absent: none, the image is periodic
    /// @param normal  of the plane of two-dimensional flow: the faces of the image across it are no walls, but mirrors; not
    ///                the axis of the flow. Absent: they are walls
    /// Collective.
    StaggeredGrid(const image::PoreSpace& pores, std::optional<Axis> flow, std::optional<Axis> normal = {});

    const image::PoreSpace& pores() const { return pores_; }
    std::optional<Axis> flow() const { return flow_; }
    std::size_t size() const { return size_; } ///< of a field
    template <class Value>
    std::vector<Value> make_field() const
    {
        return std::vector<Value>(size_, Value{});
    }
    /// Fills the ghosts. Collective over neighbours, also between start and finish.
    void start_exchange(Float4* field) const;
    void finish_exchange(Float4* field) const;
    /// As Exchange::ghosts_of, written to the field. Collective over neighbours.
    template <class Value>
    void exchange(std::vector<Value>& field) const;

    /// What a row (a cell) is, besides its values.
    struct Row {
        std::uint16_t diagonals : 10; ///< code of those of the lower faces
        std::uint16_t end : 2;        ///< 0, or on the inlet or outlet plane: the face of the flow axis is half a volume
    };
    static constexpr std::uint8_t at_inlet = 1;
    static constexpr std::uint8_t at_outlet = 2;
    const Row* rows() const { return row_.data(); } ///< by place in a field
    /// Diagonal of a row before the halving, lane by lane; lane 3 is 0. And 1 over it, 0 where a face is closed.
    template <class Vector = Float4>
    Vector diagonal_of(const Row& row) const
    {
        return laplacian_.diagonal<Vector>(row.diagonals);
    }
    Float4 inverse_of(const Row& row) const { return laplacian_.inverse(row.diagonals); }
    const stokes::FaceLaplacian& laplacian() const { return laplacian_; }
    /// Codes of the weights of the lower and of the upper faces, by place in a field.
    struct Weights {
        std::uint8_t lower = 0;
        std::uint8_t upper = 0;
    };
    const Weights* weights() const { return weights_.data(); }

    /// Rows of one brick that follow each other in fields, all pores or all outlets, in a buffer that holds the brick with
    /// everything around it.
    template <class Value>
    struct Block {
        std::int32_t brick = 0;
        std::int32_t first = 0; ///< place in fields
        std::int32_t count = 0;
        bool outlets = false;
        const Value* cells = nullptr; ///< the buffer; its cell 0 is solid
        const Value* self = nullptr;  ///< of the first row
        const std::uint16_t* around =
            nullptr; ///< six a row, in the order of brick::Face: where in the buffer the neighbours are
    };
    /// Calls visit(Block) for the pores and for the outlets of every owned brick; those without ghosts first, while the
    /// ghosts of the field travel. Collective over neighbours.
    /// @param load  the value that visit finds for a place in the field, ghosts included; by default the field's own
    template <class Load, class Visit>
    void sweep(Float4* field, Load&& load, Visit&& visit) const;
    template <class Visit>
    void sweep(Float4* field, Visit&& visit) const
    {
        sweep(
            field, [field](std::int32_t at) { return field[at]; }, visit);
    }
    /// One brick of it, when the ghosts are there. Local.
    template <class Value, class Load, class Visit>
    void sweep_brick(std::int32_t brick, Load&& load, std::vector<Value>& buffer, Visit&& visit) const;
    /// visit(brick, first, count) for pores and outlets of every owned brick, without neighbours. Local.
    template <class Visit>
    void for_each_brick(Visit&& visit) const;

    std::int32_t bricks() const { return brick_.size(); }
    std::int32_t outlets() const { return outlets_; } ///< owned
    std::int32_t first_outlet() const { return pores_.pores() + pores_.ghosts(); }
    /// The pore below each outlet, owned ones first, then ghosts: outlet i stands at first_outlet() + i.
    std::span<const std::int32_t> pore_of_outlet() const { return last_layer_; }
    /// Room that a buffer for sweep_brick needs.
    std::size_t buffer_size() const { return buffer_.size(); }
    std::size_t bytes() const;

private:
    struct BrickCells {
        std::int32_t first = 0, pores = 0;
        std::int32_t first_outlet = 0, outlets = 0; ///< place in fields
        std::int64_t first_around = 0;              ///< index of the first row
        std::int32_t halo_begin = 0, halo_end = 0;
    };
    class Builder;

    const image::PoreSpace& pores_;
    std::optional<Axis> flow_;
    stokes::FaceLaplacian laplacian_;
    std::size_t size_ = 0;
    std::int32_t outlets_ = 0;
    std::vector<std::int32_t> last_layer_; ///< pores below the outlet plane, owned ones first, then ghosts
    std::vector<BrickCells> brick_;
    std::vector<std::int32_t> halo_;    ///< places in fields of what surrounds each brick
    std::vector<std::uint16_t> around_; ///< six a row, brick after brick, pores before outlets
    std::vector<Row> row_;
    std::vector<Weights> weights_;
    std::vector<std::int32_t> interior_, boundary_;
    mutable parallel::Exchange halo_of_pores_, halo_of_outlets_; // their buffers change, the pattern does not
    mutable std::vector<Float4> buffer_;
};

/// Volume of the faces of a row: 1, but half on the inlet or outlet plane.
inline Float4 volume_of(const StaggeredGrid::Row& row, std::optional<Axis> flow)
{
    Float4 volume{1, 1, 1, 1};
    if (row.end != 0) volume[index(*flow)] = 0.5F;
    return volume;
}

template <class Value>
void StaggeredGrid::exchange(std::vector<Value>& field) const
{
    const auto bring = [&](const parallel::Exchange& halo) {
        const auto ghosts = halo.ghosts_of<Value>([&](std::int32_t i) { return field[i]; });
        auto ghost = ghosts.begin();
        for (const auto& neighbour : halo.neighbours())
            for (std::int32_t k = 0; k < neighbour.ghosts; ++k) field[neighbour.ghost_first + k] = *ghost++;
    };
    bring(halo_of_pores_);
    bring(halo_of_outlets_);
}

template <class Value, class Load, class Visit>
void StaggeredGrid::sweep_brick(std::int32_t brick, Load&& load, std::vector<Value>& buffer, Visit&& visit) const
{
    const auto& b = brick_[brick];
    Value* to = buffer.data();
    *to++ = Value{};
    for (std::int32_t at = b.first; at < b.first + b.pores; ++at) *to++ = load(at);
    for (std::int32_t at = b.first_outlet; at < b.first_outlet + b.outlets; ++at) *to++ = load(at);
    for (std::int32_t h = b.halo_begin; h < b.halo_end; ++h) *to++ = load(halo_[h]);
    const std::uint16_t* around = around_.data() + b.first_around * 6;
    visit(Block<Value>{brick, b.first, b.pores, false, buffer.data(), buffer.data() + 1, around});
    if (b.outlets > 0)
        visit(Block<Value>{brick, b.first_outlet, b.outlets, true, buffer.data(), buffer.data() + 1 + b.pores,
                           around + std::ptrdiff_t{b.pores} * 6});
}

template <class Load, class Visit>
void StaggeredGrid::sweep(Float4* field, Load&& load, Visit&& visit) const
{
    start_exchange(field);
    for (const std::int32_t i : interior_) sweep_brick(i, load, buffer_, visit);
    finish_exchange(field);
    for (const std::int32_t i : boundary_) sweep_brick(i, load, buffer_, visit);
}

template <class Visit>
void StaggeredGrid::for_each_brick(Visit&& visit) const
{
    for (std::int32_t i = 0; i < bricks(); ++i) {
        const auto& b = brick_[i];
        visit(i, b.first, b.pores);
        if (b.outlets > 0) visit(i, b.first_outlet, b.outlets);
    }
}

} // namespace lapilli::solve
