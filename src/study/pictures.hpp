// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"
#include "property/diffusivity.hpp"
#include "property/permeability.hpp"
#include "study/observer.hpp"
#include "study/options.hpp"

namespace lapilli::study {

/// Pictures of an image and of its fields, made on the way for a report: planes as PNG, and what charts of the pores need.
/// An observer that wants them gets them on rank 0. Nothing depends on the number of ranks. All members are collective.
class Pictures {
public:
    Pictures(const Options& options, Observer& observer) : options_(options), observer_(observer) {}

    /// Planes of the phases, porosity along each axis, chords and, of three dimensions, shares of pores in cubes.
    void show_image(const image::PoreSpace& pores) const;
    /// What shows the fields that are measured; empty if nobody wants them. Not after this object's end.
    property::TakeConcentration show_concentration() const;
    property::ShowFlow show_flow() const; ///< likewise

private:
    const Options& options_;
    Observer& observer_;
};

} // namespace lapilli::study
