// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/balanced_levels.hpp"

#include "morphology/disjoint_sets.hpp"
#include "multigrid/neumann.hpp"
#include "parallel/pieces.hpp"
#include "solve/children.hpp"
#include "solve/cycled_potential.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace lapilli::solve {

namespace {

using Level = CoarseLevels<float>::Level;

constexpr std::int64_t largest_coarsest = 4096; // nodes; such levels stand on every rank
constexpr std::size_t most_children = 512;      // of an aggregate: more are not balanced, and the flux is not a number
/// Where potentials are looked for first. Berea, 400³ voxels, after three iterations, error 3.0e-5: nowhere 1.6e-3; on level
/// 3, 2, 1 or 0 6.3e-5, 5.2e-5, 4.4e-5, 3.5e-5; levels have a fifth of the nodes of the one before.
constexpr std::size_t decided_on = 1;

/// Rows of the level from its children's sums: where all ranks have all rows, from all ranks.
std::vector<double> gathered(const CoarseLevels<float>& coarse, const Level& level, std::vector<double> sums)
{
    if (level.pieces.empty()) return sums;
    std::vector<float> words(sums.size() * 2);
    std::memcpy(words.data(), sums.data(), sums.size() * sizeof(double));
    parallel::gather_pieces(coarse.comm(), level.pieces, words.data(), 2);
    std::memcpy(sums.data(), words.data(), sums.size() * sizeof(double));
    return sums;
}

/// y = A x of a level with all its rows.
void apply(const multigrid::SlicedMatrix& matrix, const std::vector<double>& x, std::vector<double>& y)
{
    for (std::int32_t i = 0; i < matrix.rows(); ++i) {
        const double here = x[i];
        double sum = 0, couplings = 0;
        matrix.for_each_entry(i, [&](std::size_t, std::int32_t column, double coupling) {
            couplings += coupling;
            sum += coupling * (here - x[column]);
        });
        y[i] = sum + matrix.fixed(i, couplings) * here;
    }
}

double dot(const std::vector<double>& a, const std::vector<double>& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

/// Takes from components without fixed values what rounding leaves of their sums, which are 0.
void balance_components(const multigrid::SlicedMatrix& matrix, std::vector<double>& b)
{
    morphology::DisjointSets<std::int32_t> sets(b.size());
    std::vector<double> sum(b.size()), nodes(b.size()), fixed(b.size()), couplings(b.size());
    for (std::int32_t i = 0; i < matrix.rows(); ++i)
        matrix.for_each_entry(i, [&](std::size_t, std::int32_t j, double coupling) {
            sets.unite(i, j);
            couplings[i] += coupling;
        });
    for (std::int32_t i = 0; i < std::ssize(b); ++i) {
        const auto root = sets.root(i);
        sum[root] += b[i];
        nodes[root] += 1;
        fixed[root] += matrix.fixed(i, couplings[i]);
    }
    for (std::int32_t i = 0; i < std::ssize(b); ++i)
        if (const auto root = sets.root(i); fixed[root] == 0) b[i] -= sum[root] / nodes[root];
}

/// A⁻¹ b on the coarsest level, by conjugate gradients in double from the inverse in float. Empty if it does not converge.
std::vector<double> solve_coarsest(const CoarseLevels<float>& coarse, std::vector<double> b)
{
    constexpr double enough = 1e-7; // of the residual: with a contrast of 1e8, double has no more digits
    const auto& matrix = coarse.levels().back().matrix;
    const auto n = b.size();
    balance_components(matrix, b);
    std::vector<double> x(n), r = b, z(n), p(n), q(n);
    std::vector<float> in(multigrid::padded_rows(matrix.rows())), out(in.size());
    const double norm = dot(b, b);
    double rz_before = 0;
    for (std::size_t iteration = 0; dot(r, r) > enough * enough * norm; ++iteration) {
        if (iteration > 100 + 2 * n) return {};
        if (coarse.coarsest().empty()) {
            for (std::size_t i = 0; i < n; ++i) z[i] = r[i] * matrix.inverse_diagonal()[i];
        } else {
            const double scale = 1 / std::sqrt(dot(r, r)); // small numbers have all their digits
            for (std::size_t i = 0; i < n; ++i) in[i] = narrow(r[i] * scale);
            coarse.coarsest().solve(in.data(), out.data());
            for (std::size_t i = 0; i < n; ++i) z[i] = out[i] / scale;
        }
        const double rz = dot(r, z);
        for (std::size_t i = 0; i < n; ++i) p[i] = z[i] + (rz_before > 0 ? rz / rz_before : 0) * p[i];
        rz_before = rz;
        apply(matrix, p, q);
        const double curvature = dot(p, q);
        if (!(curvature > 0)) return {};
        const double alpha = dot(p, r) / curvature;
        for (std::size_t i = 0; i < n; ++i) {
            x[i] += alpha * p[i];
            r[i] -= alpha * q[i];
        }
    }
    return x;
}

/// The place on the next level of each row and, from the padded rows on, of each ghost.
std::vector<std::int32_t> places_of_parents(const Level& level, const Level& next)
{
    const std::size_t padded = multigrid::padded_rows(level.matrix.rows());
    const auto ghosts =
        level.halo.ghosts_of<std::int64_t>([&](std::int32_t i) { return next.first_made() + level.parent[i]; });
    std::vector<std::int32_t> place(padded + ghosts.size());
    for (std::size_t i = 0; i < level.parent.size(); ++i) place[i] = next.first_mine + level.parent[i];
    for (std::size_t k = 0; k < ghosts.size(); ++k) place[padded + k] = next.local_index(ghosts[k]);
    return place;
}

Children children_of(const Level& level)
{
    const auto last = std::max_element(level.parent.begin(), level.parent.end());
    return {level.parent, last == level.parent.end() ? 0 : *last + 1};
}

/// What goes through the faces of one aggregate at a time: its row of the flux on the next level.
template <class Real>
class DropsOfAggregate {
public:
    DropsOfAggregate(const Level& next, const LevelFlux<Real>& above) : next_(next), above_(above) {}

    /// @param aggregate  its place on the next level
    void start(std::int32_t aggregate)
    {
        row_.clear();
        next_.matrix.for_each_place(aggregate, [&](std::size_t place, std::int32_t column) {
            row_.push_back({column, above_.drop[place]});
        });
    }
    Real to(std::int32_t other) const
    {
        auto entry = row_.begin();
        while (entry->column != other) ++entry;
        return entry->drop;
    }

private:
    struct Entry {
        std::int32_t column;
        Real drop;
    };
    const Level& next_;
    const LevelFlux<Real>& above_;
    std::vector<Entry> row_;
};

/// The flux on a level from that on the next.
template <class Real>
LevelFlux<Real> refine(const Level& level, const Level& next, const LevelFlux<Real>& above, std::vector<double> residual,
                       sum::ExactSum* energy)
{
    struct Inside { // an entry between two nodes of one aggregate
        std::size_t place, from, to;
    };
    const auto& matrix = level.matrix;
    const auto place_of_parent = places_of_parents(level, next);
    const auto all_children = children_of(level);
    LevelFlux<Real> flux{std::vector<Real>(matrix.places()), std::vector<Real>(matrix.rows())};
    DropsOfAggregate<Real> drops(next, above);
    std::vector<std::size_t> place_in_aggregate(matrix.rows());
    multigrid::NeumannProblem network;
    std::vector<Inside> inside;
    std::vector<double> balance;
    for (std::int32_t a = 0; a < all_children.aggregates(); ++a) {
        const auto children = all_children.of(a);
        const std::int32_t parent = next.first_mine + a;
        for (std::size_t k = 0; k < children.size(); ++k) place_in_aggregate[children[k]] = k;
        const bool small = children.size() <= most_children;
        network.start(std::min(children.size(), most_children));
        drops.start(parent);
        inside.clear();
        balance.clear();
        for (std::size_t k = 0; k < children.size(); ++k) {
            const auto i = children[k];
            const std::size_t at = i;
            flux.ground[at] = above.ground[parent];
            double left = residual[at], couplings = 0;
            matrix.for_each_entry(i, [&](std::size_t place, std::int32_t j, double coupling) {
                couplings += coupling;
                if (place_of_parent[j] == parent) {
                    inside.push_back({place, k, place_in_aggregate[j]});
                    if (small) network.couple(k, place_in_aggregate[j], coupling / 2);
                } else {
                    flux.drop[place] = drops.to(place_of_parent[j]);
                    left -= coupling * flux.drop[place];
                }
            });
            balance.push_back(left - matrix.fixed(i, couplings) * flux.ground[at]);
        }
        if (!small) std::fill(balance.begin(), balance.end(), std::numeric_limits<double>::quiet_NaN());
        const double product = small ? network.solve(balance) : balance.front();
        if (energy != nullptr) energy->add(product);
        for (const auto& entry : inside) flux.drop[entry.place] = static_cast<Real>(balance[entry.from] - balance[entry.to]);
    }
    return flux;
}

/// Adds the drops of a potential to a flux, and twice the energy of the sum to `energy`.
template <class Real>
void add_potential(const Level& level, const std::vector<double>& potential, LevelFlux<Real>& flux, sum::ExactSum* energy)
{
    for (std::int32_t i = 0; i < level.matrix.rows(); ++i) {
        const std::size_t at = i;
        double between = 0, couplings = 0;
        level.matrix.for_each_entry(i, [&](std::size_t place, std::int32_t j, double coupling) {
            const double drop = flux.drop[place] + (potential[at] - potential[j]);
            flux.drop[place] = static_cast<Real>(drop);
            couplings += coupling;
            between += coupling * drop * drop;
        });
        const double ground = flux.ground[at] + potential[at];
        flux.ground[at] = static_cast<Real>(ground);
        if (energy != nullptr) energy->add(between / 2 + level.matrix.fixed(i, couplings) * ground * ground);
    }
}

} // namespace

template <class Real>
std::optional<LevelFlux<Real>> balance(CoarseLevels<float>& coarse, std::vector<double> residual, sum::ExactSum& energy)
{
    const auto& levels = std::as_const(coarse).levels();
    const std::size_t last = levels.size() - 1, decided = std::min(decided_on, last);
    if (levels.back().comm.size() > 1 || levels.back().total > largest_coarsest) return std::nullopt;

    // 1. what each aggregate has to get rid of, beside what potentials drive
    std::vector<std::vector<double>> residuals;
    std::vector<double> potential;
    std::vector<double> sums(levels.front().matrix.rows());
    std::copy(residual.begin(), residual.end(), sums.begin() + levels.front().first_mine);
    for (std::size_t l = 0; l <= last; ++l) {
        residuals.push_back(gathered(coarse, levels[l], std::move(sums)));
        if (l == last) break;
        if (l == decided) potential = cycled_potential(coarse, l, residuals[l]);
        sums.assign(levels[l + 1].matrix.rows(), 0);
        for (std::size_t i = 0; i < levels[l].parent.size(); ++i)
            sums[levels[l + 1].first_mine + levels[l].parent[i]] += residuals[l][i];
    }

    // 2. the coarsest level, whose potential is that of the least energy
    const auto& coarsest = levels[last];
    auto exact = solve_coarsest(coarse, residuals[last]);
    if (exact.size() != residuals[last].size()) return std::nullopt;
    LevelFlux<Real> flux{std::vector<Real>(coarsest.matrix.places()), std::vector<Real>(exact.size())};
    const auto mine = [&](std::size_t l) { // levels that every rank has are counted once
        return l <= decided && (levels[l].comm.size() > 1 || coarse.comm().rank() == 0) ? &energy : nullptr;
    };
    add_potential(coarsest, exact, flux, mine(last));

    // 3. down; a flux has the energy on its level that it has between the aggregates of the level below
    for (std::size_t l = last; l-- > 0;) {
        flux = refine(levels[l], levels[l + 1], flux, std::move(residuals[l]), l < decided ? mine(l) : nullptr);
        if (l == decided) add_potential(levels[l], potential, flux, mine(l));
    }
    return flux;
}

template std::optional<LevelFlux<float>> balance(CoarseLevels<float>&, std::vector<double>, sum::ExactSum&);
template std::optional<LevelFlux<double>> balance(CoarseLevels<float>&, std::vector<double>, sum::ExactSum&);

} // namespace lapilli::solve
