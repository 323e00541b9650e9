// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// All of Catch2 2.13 that is not in its macros: compiled once, for it takes a minute.
#define CATCH_CONFIG_RUNNER
#include "support/catch_session.hpp"

#include "support/catch.hpp"

int lapilli::test::run_tests(int argc, char** argv, const std::string& report)
{
    Catch::Session session;
    const int usage = session.applyCommandLine(argc, argv);
    if (usage != 0) return usage;
    if (!report.empty()) {
#if __has_include(<catch2/catch_all.hpp>)
        session.configData().defaultOutputFilename = report;
#else
        session.configData().outputFilename = report;
#endif
    }
    return session.run();
}
