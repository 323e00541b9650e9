// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "lattice_boltzmann.hpp"

#include "parallel/exact_total.hpp"
#include "sum/exact_sum.hpp"
#include "sum/interleaved.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>

namespace lapilli::bench {

namespace {

using parallel::Exchange;
constexpr double magic = 3.0 / 16; // (1/s₊ - 1/2)(1/s₋ - 1/2): walls halfway whatever the viscosity
constexpr int directions = D3Q19::directions;

/// From owners to ghosts: numbers count directions fastest, places count pores fastest.
Exchange to_ghosts(const parallel::Communicator& comm, const LatticeLinks& links)
{
    auto first = links.first_pore;
    for (auto& f : first) f *= directions;
    auto neighbours = Exchange::of_numbers(comm, links.ghost_numbers, first, directions * links.stride).neighbours();
    for (auto& n : neighbours)
        for (auto& at : n.send) at = at % directions * links.stride + at / directions;
    return {comm, std::move(neighbours)};
}

/// The same way back, to a stretch of places from `first_returned` on.
Exchange from_ghosts(const parallel::Communicator& comm, const Exchange& forth, std::int32_t first_returned)
{
    auto neighbours = forth.neighbours();
    for (auto& n : neighbours) {
        const auto returned = static_cast<std::int32_t>(n.send.size());
        n.send.resize(static_cast<std::size_t>(n.ghosts));
        std::iota(n.send.begin(), n.send.end(), n.ghost_first);
        n.ghost_first = first_returned;
        n.ghosts = returned;
        first_returned += returned;
    }
    return {comm, std::move(neighbours)};
}

} // namespace

LatticeBoltzmann::LatticeBoltzmann(const image::PoreSpace& pores, Axis axis, double viscosity)
    : pores_(pores), axis_(axis), viscosity_(viscosity), even_rate_(static_cast<float>(1 / (3 * viscosity + 0.5))),
      odd_rate_(static_cast<float>(1 / (magic / (3 * viscosity) + 0.5))), links_(make_links(pores, axis, block)),
      to_ghosts_(to_ghosts(pores.comm(), links_))
{
    const auto end = directions * links_.stride + static_cast<std::int32_t>(links_.ghost_numbers.size());
    from_ghosts_ = from_ghosts(pores.comm(), to_ghosts_, end);
    std::size_t size = static_cast<std::size_t>(end);
    for (const auto& n : to_ghosts_.neighbours()) size += n.send.size();
    f_.assign(size, 0.0F);
}

void LatticeBoltzmann::collide(Block& b) const
{
    const float even = even_rate_ / 2, odd = odd_rate_ / 2;
    Lanes force[3] = {};
    force[static_cast<int>(axis_)] += 1.0F;
    for (int k = 0; k < block / lanes; ++k) {
        Lanes density = b.f[0][k], source[3] = {};
        const auto gather = [&]<int p>() {
            const Lanes here = b.f[D3Q19::first_of(p)][k], there = b.f[D3Q19::first_of(p) + 1][k];
            density += here + there;
            for (int a = 0; a < 3; ++a)
                if (const int c = D3Q19::velocity[p][static_cast<std::size_t>(a)]; c != 0)
                    source[a] += c > 0 ? here - there : there - here;
        };
        const auto relax = [&]<int p>() {
            Lanes &here = b.f[D3Q19::first_of(p)][k], &there = b.f[D3Q19::first_of(p) + 1][k];
            Lanes along{};
            for (int a = 0; a < 3; ++a)
                if (const int c = D3Q19::velocity[p][static_cast<std::size_t>(a)]; c != 0)
                    along += c > 0 ? source[a] : -source[a];
            const Lanes symmetric = even * (here + there - 2 * D3Q19::weight(p) * density);
            const Lanes antisymmetric = odd * (here - there) - 3 * D3Q19::weight(p) * along;
            here -= symmetric + antisymmetric;
            there -= symmetric - antisymmetric;
        };
        const auto each = [&]<int... p>(std::integer_sequence<int, p...>)
        {
            (gather.template operator()<p>(), ...);
            // the force acts in the middle of the step: momentum m + F/2 relaxes, and gains F in all
            for (int a = 0; a < 3; ++a) source[a] = odd_rate_ * source[a] + force[a];
            b.f[0][k] -= even_rate_ * (b.f[0][k] - D3Q19::weight_at_rest * density);
            (relax.template operator()<p>(), ...);
        };
        each(std::make_integer_sequence<int, D3Q19::pairs>{});
    }
}

/// Even: each pore takes what arrived and leaves what it sends in the place of the opposite direction.
void LatticeBoltzmann::step_in_place()
{
    Block b;
    for (std::int32_t at = 0; at < links_.stride; at += block) {
        for (int i = 0; i < directions; ++i)
            std::memcpy(b.of(i), f_.data() + std::ptrdiff_t{i} * links_.stride + at, block * sizeof(float));
        collide(b);
        for (int i = 0; i < directions; ++i)
            std::memcpy(f_.data() + std::ptrdiff_t{D3Q19::opposite(i)} * links_.stride + at, b.of(i), block * sizeof(float));
    }
}

/// Odd: each pore takes from its neighbours' places and leaves what it sends in them.
void LatticeBoltzmann::step_to_neighbours()
{
    Block b;
    float* f = f_.data();
    auto end = links_.ends.begin();
    for (std::int32_t at = 0; at < links_.stride; at += block) {
        const auto first_end = end;
        while (end != links_.ends.end() && end->pore < at + block) ++end;
        const auto turn = [&](bool arriving) {
            for (auto e = first_end; e != end; ++e) {
                float& value = b.of(arriving ? e->direction : D3Q19::opposite(e->direction))[e->pore - at];
                value = -value;
            }
        };
        std::memcpy(b.of(0), f + at, block * sizeof(float));
        for (int i = 1; i < directions; ++i) {
            const std::int32_t* from = links_.address[static_cast<std::size_t>(i)].data() + at;
            for (int k = 0; k < block; ++k) b.of(i)[k] = f[from[k]];
        }
        turn(true);
        collide(b);
        turn(false);
        std::memcpy(f + at, b.of(0), block * sizeof(float));
        for (int i = 1; i < directions; ++i) {
            const std::int32_t* to = links_.address[static_cast<std::size_t>(D3Q19::opposite(i))].data() + at;
            for (int k = 0; k < block; ++k) f[to[k]] = b.of(i)[k];
        }
    }
}

void LatticeBoltzmann::advance()
{
    step_in_place();
    to_ghosts_.run(f_.data());
    step_to_neighbours();
    from_ghosts_.run(f_.data());
    for (std::size_t n = 0; n < to_ghosts_.neighbours().size(); ++n) {
        const float* returned = f_.data() + from_ghosts_.neighbours()[n].ghost_first;
        for (const std::int32_t at : to_ghosts_.neighbours()[n].send) f_[static_cast<std::size_t>(at)] = *returned++;
    }
}

double LatticeBoltzmann::permeability() const
{
    sum::ExactSum momentum;
    for (int i = 1; i < directions; ++i) {
        const int c = D3Q19::along(i, static_cast<int>(axis_));
        if (c == 0) continue;
        for (const auto& b : pores_.owned_bricks()) {
            const float* f = f_.data() + std::ptrdiff_t{i} * links_.stride + b.first;
            momentum.add(c * sum::interleaved(b.pores, [&](int k) { return f[k]; }));
        }
    }
    const auto half_force = static_cast<double>(pores_.total_pores()) / 2;
    return viscosity_ * (parallel::total(pores_.comm(), momentum) + half_force) /
           static_cast<double>(pores_.shape().voxels());
}

std::size_t LatticeBoltzmann::bytes() const
{
    return f_.size() * sizeof(float) + links_.ends.size() * sizeof(LatticeLinks::End) + to_ghosts_.bytes() +
           from_ghosts_.bytes() +
           (D3Q19::directions - std::size_t{1}) * static_cast<std::size_t>(links_.stride) * sizeof(std::int32_t);
}

} // namespace lapilli::bench
