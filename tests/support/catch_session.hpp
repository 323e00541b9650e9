// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lapilli::test {

/// Runs the test cases that the arguments of `main` choose, and returns the exit code.
/// @param report  file for what is said of them; empty: stdout
int run_tests(int argc, char** argv, const std::string& report = "");

} // namespace lapilli::test
