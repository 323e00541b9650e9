// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::report::html {

using Json = nlohmann::ordered_json;

/// A text as HTML shows it, also between the quotes of an attribute: < > & " ' are written out, and what is no UTF-8 is
/// replaced.
std::string escaped(std::string_view text);

/// JSON as the text of a script element, which nothing in it can end.
std::string script_json(const Json& json);

/// 1829.7, 12 572 994 with thin spaces, 1.33 × 10⁻¹², a real minus; "–" where there is none. As numbers.js has it.
std::string figures(const std::optional<double>& value, int digits = 4);
/// A whole number: 4, 12 572 994.
std::string whole(const std::optional<double>& value);
/// "12 %", "0.05 %", "< 0.001 %".
std::string percents(const std::optional<double>& part);
/// "2 min 53 s"
std::string duration(double seconds);

/// "x, y and z"
std::string listed(const std::vector<std::string>& words);
/// The same with blanks at which no line breaks.
std::string unbroken(std::string_view words);
/// A sentence of the terminal, which begins small and has no full stop, as pages have it; empty remains so.
std::string sentence_from(const std::string& words);
/// "formation_factor" as "Formation factor".
std::string titled(std::string_view key);

/// What stands at a place of a JSON text of whatever kind; nothing where there is none, or of another type.
const Json* find(const Json& json, const std::string& place);
std::optional<double> number_at(const Json& json, const std::string& place);
std::string text_at(const Json& json, const std::string& place);
bool is_true(const Json& json, const std::string& place);

} // namespace lapilli::report::html
