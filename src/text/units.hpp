// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Quantities with a unit, as people type them: every function throws an Error (exit code 2) whose sentence names the text.
#pragma once

#include <string>

namespace lapilli::text {

/// A length with its unit (nm, um, µm, mm, cm, m), e.g. "5.345um", "2e-6 m", in metres: finite and positive. A number as
/// small as 2e-6 means metres.
double parse_length(const std::string& text);

/// A time with its unit (ms, s, min, h), e.g. "60s", "1.5 h", in seconds: finite, not negative.
double parse_duration(const std::string& text);

/// "0,001" as "0.001", where the comma cannot be anything else than a decimal point: the only one, between two digits, and
/// no point is there.
std::string with_decimal_point(const std::string& text);

} // namespace lapilli::text
