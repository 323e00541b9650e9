// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/memory.hpp"

#include "solve/checkpoints.hpp"

#include <nlohmann/json.hpp>

namespace lapilli {

std::optional<Checkpoints> Memory::summary() const { return std::nullopt; }

std::optional<Record> Step::recall(Slices field) const
{
    return memory_ != nullptr ? memory_->recall(name_, field) : std::nullopt;
}

void Step::finish(const Record& outcome, Slices field) const
{
    if (memory_ != nullptr) memory_->finish(name_, outcome, field);
}

std::optional<Record> Step::resume(Slices field) const
{
    return memory_ != nullptr ? memory_->resume(name_, field) : std::nullopt;
}

void Step::at_restart_point(const std::function<Record()>& state, Slices field) const
{
    if (memory_ != nullptr) memory_->at_restart_point(name_, state, field);
}

void Step::before_restart_points() const
{
    if (memory_ != nullptr) memory_->before_restart_points();
}

void Step::after_iteration(int ahead) const
{
    if (memory_ != nullptr) memory_->after_iteration(ahead);
}

} // namespace lapilli
