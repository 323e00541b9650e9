// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/generate.hpp"
#include "cli/measure.hpp"
#include "cli/verb.hpp"

namespace lapilli::cli {

void add_verbs(CLI::App& app, Verb& chosen)
{
    add_analyze(app, chosen);
    add_generate(app, chosen);
    add_info(app, chosen);
    add_porosity(app, chosen);
    add_percolation(app, chosen);
    add_diffusivity(app, chosen);
}

} // namespace lapilli::cli
