// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/collect.hpp"
#include "cli/compare.hpp"
#include "cli/convert.hpp"
#include "cli/generate.hpp"
#include "cli/measure.hpp"
#include "cli/plan.hpp"
#include "cli/report.hpp"
#include "cli/segment.hpp"
#include "cli/serve.hpp"
#include "cli/sweep.hpp"
#include "cli/top.hpp"
#include "cli/verb.hpp"

namespace lapilli::cli {

void add_verbs(CLI::App& app, Verb& chosen, SerialVerb& listed)
{
    add_measurements(app, chosen);
    add_sweep(app, chosen, listed);
    add_plan(app, chosen);
    add_convert(app, chosen);
    add_generate(app, chosen);
    add_segment(app, chosen);
}

void add_serial_verbs(CLI::App& app, SerialVerb& chosen)
{
    add_collect(app, chosen);
    add_compare(app, chosen);
    add_report(app, chosen);
    add_serve(app, chosen);
    add_top(app, chosen);
}

} // namespace lapilli::cli
