// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"
#include "results/options.hpp"
#include "study/options.hpp"

#include <iostream>
#include <memory>
#include <span>
#include <string>

namespace lapilli::cli {

/// What a verb is called, what it says of itself, and what it measures.
struct Measurement {
    const char* verb;
    const char* what;
    study::Properties properties;
    const char* usual_accuracy = nullptr;
    bool writes_folder = false; ///< also where no --out is given
};
std::span<const Measurement> measurements();

struct MeasureOptions {
    study::Options study;
    results::Options output;
};

/// Adds all options of a verb that measures; what is returned must outlive the parsing.
std::shared_ptr<MeasureOptions> add_measurement_options(CLI::App& command, const Measurement& measurement);

/// How a measurement is started.
struct Start {
    std::string command;            ///< as it is recorded; empty: that of this process
    bool keep = false;              ///< see results::Options
    std::ostream* out = &std::cout; ///< for tables, or the object
};

/// The verbs that measure something of an image: analyze, info, porosity and so on.
void add_measurements(CLI::App& app, Verb& chosen, const Start& start = {});

} // namespace lapilli::cli
