// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/slice.hpp"
#include "solve/stokes_solver.hpp"

#include <array>
#include <vector>

namespace lapilli::solve {

/// The vectors of the method; x = base + correction, base only where float is not enough.
struct FlowVectors {
    std::vector<Float4> correction, kept_z, y, r, z, kept_y;
    std::vector<Double4> base;
    double kept_square = 0; // of kept_y; 0: nothing kept

    FlowVectors(const StaggeredGrid& grid, bool with_base)
        : correction(grid.make_field<Float4>()), kept_z(grid.make_field<Float4>()), y(grid.make_field<Float4>())
    {
        if (with_base) base = grid.make_field<Double4>();
    }
    /// All but what is there from the beginning: x, the kept direction, and y, with which the start works.
    void make_room(const StaggeredGrid& grid)
    {
        for (auto* v : {&r, &z, &kept_y}) *v = grid.make_field<Float4>();
    }
    Double4 x(std::size_t i) const { return (base.empty() ? Double4{} : base[i]) + widen(correction[i]); }
    double x(std::size_t i, int lane) const { return (base.empty() ? 0 : base[i][lane]) + widen(correction[i][lane]); }
    void compute_residual(const StokesProblem& problem)
    {
        problem.residual(base.empty() ? nullptr : &base, correction.data(), r.data());
    }
    /// The same, base taking in the correction.
    void renew_residual(const StokesProblem& problem)
    {
        for (std::size_t i = 0; i < base.size(); ++i) {
            base[i] += widen(correction[i]);
            correction[i] = Float4{};
        }
        compute_residual(problem);
    }
    /// All that the method goes on from, just after a renewal: x and the kept direction.
    std::vector<parallel::Slice> field(const StaggeredGrid& grid)
    {
        auto slices = base.empty() ? slices_of(grid, correction) : slices_of(grid, base);
        for (auto& slice : slices_of(grid, kept_z)) {
            slice.name = "direction " + slice.name;
            slices.push_back(slice);
        }
        return slices;
    }
    /// x in float; the vectors are spent.
    std::vector<Float4> take_x()
    {
        for (std::size_t i = 0; i < base.size(); ++i) correction[i] += narrow(base[i]);
        return std::move(correction);
    }
    std::size_t bytes() const { return 6 * r.size() * sizeof(Float4) + base.size() * sizeof(Double4); }
};

struct FlowMeasures {
    double residual = 0; ///< ‖r‖
    double conductance = 0;
    double mean_flux = 0; ///< b·x
};

/// ‖r‖, b·x + x·r and b·x. Collective, as all that follows.
FlowMeasures measure(const StokesProblem& problem, const FlowVectors& v);

/// Norms of the velocities and of the pressures of a field.
std::array<double, 2> component_norms(const StokesProblem& problem, const std::vector<Float4>& field);

/// ‖b‖.
double drive_norm(const StokesProblem& problem);

struct FlowDirection {
    double square = 0; ///< y·y
    double along = 0;  ///< y·r
    double work = 0;   ///< of the residual, as in FlowHistory
};

/// One direction: z = M r, y = K z, then both are made orthogonal to the kept pair.
FlowDirection direction(const StokesProblem& problem, StokesPreconditioner& m, FlowVectors& v);

/// y = K z of the kept pair.
void complete_kept(const StokesProblem& problem, FlowVectors& v);

/// x += α z, r -= α y, and what they measure then.
FlowMeasures advance(const StokesProblem& problem, FlowVectors& v, float alpha);

} // namespace lapilli::solve
