// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tensor/tensor.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::report {

/// One of the units that the value of a property is written in, and what it is called in it.
struct ValueForm {
    std::string axis;   ///< key of an axis: "permeability_md"; more may follow, "_corrected" for example
    std::string tensor; ///< key of a periodic image: "tensor_md"
    std::string quote;  ///< key in the summary: "value_md"; empty: only as its `value`
    std::string column; ///< in tables of many results: "permeability{}_md", {}: nothing, "_corrected" and so on
    std::string unit;
    std::function<std::optional<double>(double value)> in; ///< absent: not known without a voxel size
};
using ValueForms = std::vector<ValueForm>;

ValueForms diffusivity_forms();
/// @param edge_m  of a voxel, the shortest; absent: not known
ValueForms permeability_forms(const std::optional<double>& edge_m);

/// Adds a value in each of its forms.
void add_value(nlohmann::ordered_json& to, const ValueForms& forms, double value, const std::string& suffix = "");
void add_tensor(nlohmann::ordered_json& to, const ValueForms& forms, const Tensor& tensor, const std::string& suffix = "");

/// All entries in a form; null if it has none.
nlohmann::ordered_json tensor_json(const ValueForm& form, const Tensor& tensor);

} // namespace lapilli::report
