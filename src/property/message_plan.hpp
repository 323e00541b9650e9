// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/coarse_plan.hpp"
#include "property/memory_plan.hpp"
#include "property/site.hpp"

namespace lapilli::property {

/// Pores next to the share of each of `parts` equal pieces of the image: what it receives.
double ghosts_of(const Whole& whole, const Shape& image, int parts);

/// Time of the messages of a solve [s].
struct MessageSeconds {
    double halo = 0;
    double gather = 0;
    double reduce = 0;
    friend MessageSeconds operator+(MessageSeconds a, const MessageSeconds& b)
    {
        return {a.halo + b.halo, a.gather + b.gather, a.reduce + b.reduce};
    }
    friend MessageSeconds operator*(double times, const MessageSeconds& a)
    {
        return {times * a.halo, times * a.gather, times * a.reduce};
    }
};

/// Messages between the ranks of a site, for an image and its coarse levels. Counted in the program by a library that
/// stands between it and MPI.
class Messages {
public:
    Messages(const Whole& whole, const Shape& image, const Site& site, double cells);

    /// One W-cycle and what an iteration has besides.
    /// @param visits  of the first coarse level
    MessageSeconds cycle(Unknowns unknowns, int visits) const;
    /// What a solve says once: its hierarchy, its norms, what the ranks agree upon.
    MessageSeconds setup() const;

private:
    double exchange(double ghosts, double node_ghosts, int floats) const;
    double reduction() const;
    double gathering(double bytes) const;

    Site site_;
    CoarsePlan potentials_, velocities_;
    double ghosts_, node_ghosts_;
};

} // namespace lapilli::property
