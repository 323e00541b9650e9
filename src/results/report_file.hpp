// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lapilli::results {

inline constexpr const char* report_name = "report.html";

/// What a page shows where pictures.json has no pictures of its run: none, or those that can be made of fields.h5, by a
/// process that is started, which none with MPI may.
enum class MissingPictures { left_out, of_fields };

/// Makes report.html of a result folder from the other files in it, also of a run that has not finished, has failed, or
/// whose files are damaged. Returns its path. One rank, not collective.
/// @throws Error exit code 2: nothing of a run is there, or a file of others has the name; 1: the disk is full
std::string write_report(const std::string& folder, MissingPictures missing);

/// Whether a file is a page that this program has written, or is empty.
bool is_own_report(const std::string& path);

} // namespace lapilli::results
