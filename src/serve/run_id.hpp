// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>

namespace lapilli::serve {

/// A run is known by its folder below DIR: "a/b" is "a~b". Each part is [A-Za-z0-9._-]{1,128} and does not begin with a dot,
/// so that no address leads out of DIR or to what is hidden, and none has to be escaped.
std::optional<std::string> id_of(const std::string& folder);
/// @throws Refusal 404, before any file is looked at
std::string folder_of(const std::string& id);

} // namespace lapilli::serve
