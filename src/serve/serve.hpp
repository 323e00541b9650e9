// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/options.hpp"

#include <functional>
#include <string>

namespace lapilli::serve {

/// Serves the runs below a folder until SIGTERM or SIGINT. @param say  is told where
/// @throws Error there is no such folder, or it cannot listen
void serve(const Options& options, const std::function<void(const std::string&)>& say);

} // namespace lapilli::serve
