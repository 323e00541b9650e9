// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/relative_transport.hpp"
#include "property/rev.hpp"
#include "study/conductors.hpp"
#include "study/options.hpp"
#include "study/result.hpp"

namespace lapilli::study {

// What those who solve are told, without who takes their fields.

property::DiffusivityOptions diffusivity_options(const Options& options, const Conductors& conducting, const Result& result);
property::PermeabilityOptions permeability_options(const Options& options, const Result& result);

/// Along the curves of drainage, where it was asked for; what has been solved of all pores need not be solved again.
property::RelativeOptions relative_options(const Options& options, const Conductors& conducting, const Result& result);

/// On cubes; those that were solved for the grid's error serve again.
property::RevOptions rev_options(const Options& options, const Conductors& conducting, const Result& result);

} // namespace lapilli::study
