// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace lapilli::results {

/// Whether a run may write into its result folder, asked before it does anything: nothing of others may lie under the names
/// that it would write, append to or remove. A folder that is not there yet is fine if it can be made. Rank 0.
/// @throws Error exit code 2, one sentence that names the file
void check_result_folder(const std::string& folder);

/// Makes it where it is not there. Rank 0. @throws Error exit code 2; 1 where the disk is full
void make_result_folder(const std::string& folder);

/// The result.json of the runs before this one; null if there is none. Rank 0. @throws Error exit code 2
nlohmann::ordered_json earlier_result(const std::string& folder);

/// Removes what runs that were killed have left while they wrote their files. Only who has the lease of the folder may. Rank
/// 0.
void remove_abandoned_files(const std::string& folder);

/// Removes the fields of a run whose results are gone, if they are of this program. Rank 0.
void remove_fields(const std::string& folder);

} // namespace lapilli::results
