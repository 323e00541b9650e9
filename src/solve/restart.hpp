// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/memory.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace lapilli::solve {

/// Every so many iterations a method goes on from its field and its last direction, whether or not anything died: all else
/// is computed anew from them. So what it keeps there is small, and a run that was killed gives the same bits. Without the
/// direction the convergence would be slower after each restart, and its estimate, which sees a smaller change, too good.
constexpr int until_restart(int iteration, int every) { return (every - iteration % every) % every; }

/// What a method needs at a restart point besides its arrays: the histories of its stopping rule, from iteration 0.
inline Record histories_record(const std::vector<double>& value, const std::vector<double>& residual)
{
    return {{"iteration", value.size() - 1}, {"history", value}, {"residual_history", residual}};
}

/// Takes them back; returns the iteration.
inline int restore_histories(const Record& record, std::vector<double>& value, std::vector<double>& residual)
{
    record.at("history").get_to(value);
    record.at("residual_history").get_to(residual);
    return record.at("iteration").get<int>();
}

} // namespace lapilli::solve
