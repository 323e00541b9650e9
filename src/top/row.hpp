// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "collection/run_folder.hpp"

#include <string>
#include <vector>

namespace lapilli::top {

/// In which order runs stand; what needs somebody comes first where nothing else is asked for.
enum class Order { urgency, name, newest, left };
std::string name(Order order);
Order next(Order order);
void sort(std::vector<collection::Run>& runs, Order order);

/// What the table says of a run, each ready to be shown after `readable`.
std::string state_text(const collection::Run& run, double now_s); ///< "silent 38 s"
std::string at_text(const collection::RunState& state);           ///< "k y  5 of 6, it 3"
std::string value_text(const collection::RunValue& value);        ///< "3012 mD"
std::string error_text(const collection::RunValue& value);        ///< "0.8 %", "41 % sample"
std::string left_text(const collection::RunState& state);         ///< "4 min", "–"

/// Whether somebody is still at work, as far as is known.
bool goes_on(collection::RunStatus status);

} // namespace lapilli::top
