// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/slice.hpp"
#include "solve/laplace.hpp"
#include "solve/multigrid.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <type_traits>
#include <vector>

namespace lapilli::solve {

/// The vectors of the method. Of one phase they are floats, and g = base + correction, base only where float is not enough.
/// Of several g, r and A p are double: the answer is a small difference of what well-conducting islands take up and give.
template <class Real>
struct PotentialVectors {
    static constexpr bool wide = std::is_same_v<Real, double>;

    std::vector<Real> correction, r;
    std::vector<float> p, z, work;
    std::vector<double> base;          ///< floats only
    std::vector<double> q;             ///< A p; of floats it is in `work`
    std::vector<float> preconditioned; ///< r as the preconditioner sees it; floats see r itself

    PotentialVectors(const image::PoreSpace& pores, bool with_base)
    {
        for (auto* v : {&correction, &r}) *v = pores.make_field<Real>();
        for (auto* v : {&p, &z, &work}) *v = pores.make_field<float>();
        if (wide) q = pores.make_field<double>();
        if (wide) preconditioned = pores.make_field<float>();
        if (with_base && !wide) base = pores.make_field<double>();
    }
    std::size_t bytes() const
    {
        return 2 * r.size() * sizeof(Real) + (3 * p.size() + preconditioned.size()) * sizeof(float) +
               (base.size() + q.size()) * sizeof(double);
    }

    /// r = b - A g in double.
    void compute_residual(const LaplaceProblem& problem)
    {
        if constexpr (wide)
            problem.residual(correction, r.data());
        else
            problem.residual(base.empty() ? nullptr : base.data(), correction.data(), r.data());
    }
    /// The same, base taking in the correction.
    void renew_residual(const LaplaceProblem& problem)
    {
        if (!base.empty()) {
            for (std::size_t i = 0; i < correction.size(); ++i) {
                base[i] += correction[i];
                correction[i] = 0;
            }
        }
        compute_residual(problem);
    }
    /// All that the method goes on from, just after a renewal: g and the direction.
    std::array<parallel::Slice, 2> field(const LaplaceProblem& problem)
    {
        const std::size_t pores = problem.pores().pores();
        const auto direction = parallel::slice_of<float>("p", std::span(p).first(pores));
        if (base.empty()) return {parallel::slice_of<Real>("g", std::span(correction).first(pores)), direction};
        return {parallel::slice_of<double>("g", std::span(base).first(pores)), direction};
    }
    /// g in float; the vectors are spent.
    std::vector<float> take_g()
    {
        if constexpr (wide) {
            std::transform(correction.begin(), correction.end(), p.begin(), [](double g) { return narrow(g); });
            return std::move(p);
        } else {
            for (std::size_t i = 0; i < base.size(); ++i) correction[i] += narrow(base[i]);
            return std::move(correction);
        }
    }
    double g(std::size_t at) const { return correction[at] + (base.empty() ? 0.0 : base[at]); }
};

/// ‖r‖. Collective, as all that follows.
template <class Real>
double norm(const LaplaceProblem& problem, const std::vector<Real>& r);

/// Where a solve begins.
struct Start {
    double norm = 0; ///< ‖r‖
    double energy = 0;
};
/// r = b: from the unit gradient, where g = 0.
template <class Real>
Start begin(const LaplaceProblem& problem, PotentialVectors<Real>& v);

/// From what the coarse levels make of the concentration itself, the same all over each of their nodes: unlike the unit
/// gradient it drives nothing through well-conducting islands, whose energy may be 1e8 times that which counts. Where it has
/// no less energy than the unit gradient, g stays 0. In either case r = b - A g.
/// @param unit_gradient  what begin() returned, with g still 0
Start begin_on_coarse_levels(const LaplaceProblem& problem, Multigrid<LaplaceProblem>& multigrid, const Start& unit_gradient,
                             PotentialVectors<double>& v);

/// z = M r; returns r·z. @param multigrid  absent: M is the inverse of the diagonal
template <class Real>
double precondition(const LaplaceProblem& problem, Multigrid<LaplaceProblem>* multigrid, PotentialVectors<Real>& v);

/// What a step along p does to the energy.
struct Slope {
    double fall = 0;      ///< p·r
    double curvature = 0; ///< p·A p
};

/// A p, into work or q. @param rz  r·z, which is p·r where sums are exact
template <class Real>
Slope apply(const LaplaceProblem& problem, PotentialVectors<Real>& v, double rz);

/// g += α p, r -= α A p; returns ‖r‖.
template <class Real>
double advance(const LaplaceProblem& problem, PotentialVectors<Real>& v, Real alpha);

struct Energies {
    double unit_gradient = 0; ///< energy before any correction
    double gain = 0;          ///< b·g + g·r: how much the correction lowers it
    double inlet_flux = 0;
    double outlet_flux = 0;
};

/// One pass over the equations for the sums that need b or the outer faces.
template <class Real>
Energies measure(const LaplaceProblem& problem, const PotentialVectors<Real>& v);

} // namespace lapilli::solve
