// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "parallel/slice.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>
#include <span>
#include <string>

namespace lapilli {

struct Checkpoints;

/// A step of the work that is long enough to be remembered: one solve. What it is called names it uniquely in a run.
struct StepName {
    std::string property; ///< e.g. "permeability", "permeability of block 2 of 8, two cells per voxel"
    Axis axis = Axis::x;
};

/// Numbers with all their digits, by name.
using Record = nlohmann::ordered_json;
/// The arrays of a step: read from, or written to where they are filled.
using Slices = std::span<const parallel::Slice>;

/// What a run knows of itself after it was killed and started again: outcomes of finished steps, and the place in a step
/// from which a method can go on. All members are collective, and give every rank the same answer.
class Memory {
public:
    virtual ~Memory() = default;

    /// The outcome of a step that is finished, its field in `field`. Nothing if it is not known, or without that field.
    virtual std::optional<Record> recall(const StepName& step, Slices field) = 0;
    virtual void finish(const StepName& step, const Record& outcome, Slices field) = 0;

    /// The state of an unfinished step at its last known restart point, its field in `field`. If there is none, `field`,
    /// which has zeros before, has zeros again.
    virtual std::optional<Record> resume(const StepName& step, Slices field) = 0;
    /// The method is at a point from which `state()` and `field` are all that it needs; kept if it is time for that.
    virtual void at_restart_point(const StepName& step, const std::function<Record()>& state, Slices field) = 0;
    /// While a step has nothing to keep yet: after its setup, and in what leads to its first restart point.
    /// @throws Error where the run is asked to stop
    virtual void before_restart_points() = 0;
    /// After each iteration. @param ahead  iterations until the next restart point; 0: this is one
    /// @throws Error where the run is asked to stop and no restart point can be waited for
    virtual void after_iteration(int ahead) = 0;

    /// Whether this rank has heard that the run is to stop, so that before_restart_points() will throw. Not collective: for
    /// ranks that work apart from the others.
    virtual bool asked_to_stop() const { return false; }

    /// Before a file of results is written beside what is remembered. @throws Error exit code 4: another run has taken over
    virtual void check_may_write() const {}
    /// What remembering has cost, and where the run came from; absent: nothing of interest.
    virtual std::optional<Checkpoints> summary() const;
};

/// One step and the memory it is kept in, if there is one: what a property hands to a solver.
class Step {
public:
    Step() = default;
    Step(Memory* memory, StepName name) : memory_(memory), name_(std::move(name)) {}

    std::optional<Record> recall(Slices field = {}) const;
    void finish(const Record& outcome, Slices field = {}) const;
    std::optional<Record> resume(Slices field) const;
    void at_restart_point(const std::function<Record()>& state, Slices field) const;
    void before_restart_points() const;
    void after_iteration(int ahead) const;

private:
    Memory* memory_ = nullptr;
    StepName name_;
};

} // namespace lapilli
