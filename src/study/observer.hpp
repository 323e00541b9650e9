// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/grid_steps.hpp"
#include "solve/memory.hpp"
#include "solve/progress.hpp"
#include "study/result.hpp"

#include <nlohmann/json.hpp>

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

/// How many pictures are made for a report: none, only the middle planes, or all.
enum class PictureSet { none, small, full };

/// Who watches a study, and gives it what it does not make itself: a memory, and a folder. Whoever wants neither overrides
/// nothing.
class Observer {
public:
    virtual ~Observer() = default;

    /// The image is known and nothing is measured: whose results these will be. Collective; may throw on all ranks.
    /// @param identity  everything that the solves depend on, by the names of the flags
    virtual void image_is_read(const Result& /*result*/, const Record& /*identity*/) {}
    /// Asked when it has been said whose results these will be: whether they are known already, and nothing is to be done.
    /// The same on all ranks.
    virtual bool has_results() const { return false; }
    /// Asked once, before the first solve and not for a plan; null: nothing is remembered. Lives as long as the study.
    /// Collective.
    virtual Memory* memory(const Record& /*identity*/) { return nullptr; }
    /// Where fields go; empty: nowhere. The same on all ranks.
    virtual std::string fields_folder() const { return {}; }
    /// Which pictures are to be made. The same on all ranks.
    virtual PictureSet pictures() const { return PictureSet::none; }

    // On rank 0, of no interest on others.
    virtual void solves_begin(const Outlook& /*outlook*/) {}
    virtual void progress(const ProgressEvent& /*event*/) {}
    virtual void warn(const std::string& /*sentence*/) {}
    /// Pictures of the "image" or of a field along an axis, e.g. "speed_x".
    virtual void picture(const std::string& /*name*/, nlohmann::ordered_json /*pictures*/) {}
    /// All is measured; what follows are results.
    virtual void ends() {}
};

} // namespace lapilli::study
