// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// What headers name of CLI11; whoever calls it includes <CLI/CLI.hpp>, which takes longer to compile than most files here.
namespace CLI {
class App;
class Option;
} // namespace CLI
