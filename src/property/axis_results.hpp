// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"
#include "core/boundary.hpp"

#include <algorithm>
#include <optional>

namespace lapilli::property {

/// What a property is along the axes of an image.
/// @tparam Along  along one of them; says whether it percolates and has converged
template <class Along>
struct AxisResults {
    Boundary boundary = Boundary::sealed;
    PerAxis<std::optional<Along>> axes{}; ///< absent: not asked for

    /// Along any axis that was asked for.
    bool percolates() const
    {
        return std::any_of(axes.begin(), axes.end(), [](const auto& along) { return along && along->percolates; });
    }
    bool converged() const
    {
        return std::all_of(axes.begin(), axes.end(), [](const auto& along) { return !along || along->converged; });
    }
};

} // namespace lapilli::property
