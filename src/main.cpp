// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/application.hpp"

int main(int argc, char** argv) { return lapilli::cli::run(argc, argv); }
