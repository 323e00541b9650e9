// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/field.hpp"
#include "property/length_field.hpp"
#include "property/network.hpp"
#include "property/relative_transport.hpp"
#include "property/run.hpp"
#include "study/options.hpp"
#include "study/result.hpp"

#include <optional>
#include <vector>

namespace lapilli::study {

/// Pore sizes, drainage and the network in a study: all come from distances between pores and solid, which not every image
/// has. All members are collective.
class Sizes {
public:
    /// Finds out what of these there is to be measured, and warns in the result of what is not.
    /// @throws Error on every rank, if nothing else was asked for and the voxels have no exact distances, or the memory does
    /// not suffice
    Sizes(const image::PoreSpace& pores, const Options& options, Result& result);

    /// What `take_field` will get.
    std::vector<field::Field> fields() const;
    /// Measures it, if there is something to be measured. Returns whether it did.
    bool pore_size(property::Run& run, const property::TakeLengths& take_field);
    /// @param relative  what is solved along the curves, if anything is
    bool drainage(property::Run& run, const property::TakeLengths& take_field, const property::RelativeOptions& relative);

    bool network(property::Run& run, const image::Connectivity& connectivity, const property::TakeRegions& take_regions);

private:
    bool possible(const char* what, property::Part part) const;

    const image::PoreSpace& pores_;
    const Options& options_;
    Result& result_;
    std::optional<morphology::Weights> weights_;
    bool pore_size_ = false, drainage_ = false, network_ = false; ///< there is something to be measured
};

} // namespace lapilli::study
