// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"
#include "serve/run_files.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>

namespace lapilli::serve {

/// The number to quote of an axis, with what makes it unsure, relative; NaN: there is none.
struct RowQuote {
    double value = std::numeric_limits<double>::quiet_NaN();
    double solver = value, grid = value, sample = value;
    bool in_voxels = false; ///< k, of an image whose voxel size is not known
};

/// What the list says of a run. Small, whatever its files hold, since there may be ten thousand.
struct RunRow {
    std::string id, status, name, search; ///< `search` in small letters: all that it can be found by
    std::string json;                     ///< an object
    RunStamps stamps;
    bool may_change = false; ///< as time goes by, though no file does
    double started_s = 0;
    double seconds = std::numeric_limits<double>::quiet_NaN(), porosity = seconds;
    std::int64_t voxels = 0;
    std::array<RowQuote, 3> diffusivity, permeability; ///< x, y, z; D/D0, k [mD] or [voxel²]
};

/// Reads the files of a run. What is wrong with them is told by the row: status "damaged" and a sentence.
std::shared_ptr<const RunRow> make_row(const std::string& id, int folder, const RunStamps& stamps, double now_s);

} // namespace lapilli::serve
