// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/grid_steps.hpp"
#include "solve/memory.hpp"
#include "solve/progress.hpp"
#include "study/result.hpp"

#include <string>
#include <vector>

namespace lapilli::study {

/// What the solves of a study are going to be.
struct Outlook {
    std::vector<property::SolveStage> stages; ///< in their order, each solved along the axes
    std::vector<Axis> axes;
    double seconds = 0;   ///< that they take in all, roughly
    std::string sentence; ///< for people
};

/// Who watches a study, and gives it what it does not make itself: a memory, and a folder. Whoever wants neither overrides
/// nothing.
class Observer {
public:
    virtual ~Observer() = default;

    /// The image is known and nothing is measured: whose results these will be. Collective; may throw on all ranks.
    /// @param identity  everything that the solves depend on, by the names of the flags
    virtual void image_is_read(const Result& /*result*/, const Record& /*identity*/) {}
    /// Asked once, before the first solve and not for a plan; null: nothing is remembered. Lives as long as the study.
    /// Collective.
    virtual Memory* memory(const Record& /*identity*/) { return nullptr; }
    /// Where fields go; empty: nowhere. The same on all ranks.
    virtual std::string fields_folder() const { return {}; }

    // On rank 0, of no interest on others.
    virtual void solves_begin(const Outlook& /*outlook*/) {}
    virtual void progress(const ProgressEvent& /*event*/) {}
    virtual void warn(const std::string& /*sentence*/) {}
    /// All is measured; what follows are results.
    virtual void ends() {}
};

} // namespace lapilli::study
