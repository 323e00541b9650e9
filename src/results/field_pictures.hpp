// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace lapilli::results {

/// The pictures of a report by their names, made of the fields.h5 of a result folder; null where there is none of this image
/// and boundary, or none that can be read. Starts a process, which none with MPI may. One process, not collective.
/// @param image     as result.json has it
/// @param boundary  empty: not known, so that any will do
nlohmann::ordered_json pictures_of_fields(const std::string& folder, const nlohmann::ordered_json& image,
                                          const std::string& boundary);

} // namespace lapilli::results
