// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Runner of the tests that know no MPI.
#include "support/catch_session.hpp"

int main(int argc, char** argv) { return lapilli::test::run_tests(argc, argv); }
