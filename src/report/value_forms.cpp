// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/value_forms.hpp"

#include "property/permeability_unit.hpp"
#include "property/record.hpp"

namespace lapilli::report {

using Json = nlohmann::ordered_json;

ValueForms diffusivity_forms()
{
    return {{"relative", "tensor", "", "diffusivity_relative{}", "1", [](double relative) { return relative; }}};
}

ValueForms permeability_forms(const std::optional<double>& edge_m)
{
    ValueForms forms;
    for (const auto& unit : property::permeability_units) {
        const std::string key = unit.key;
        forms.push_back({"permeability_" + key, "tensor_" + key, "value_" + key, "permeability{}_" + key, unit.symbol,
                         [=](double voxel2) { return unit.of(voxel2, edge_m); }});
    }
    return forms;
}

void add_value(Json& to, const ValueForms& forms, double value, const std::string& suffix)
{
    for (const auto& form : forms) to[form.axis + suffix] = property::value_or_null(form.in(value));
}

void add_tensor(Json& to, const ValueForms& forms, const Tensor& tensor, const std::string& suffix)
{
    for (const auto& form : forms) to[form.tensor + suffix] = tensor_json(form, tensor);
}

Json tensor_json(const ValueForm& form, const Tensor& tensor)
{
    if (!form.in(0)) return nullptr;
    return rows(tensor.unaryExpr([&](double entry) { return *form.in(entry); }));
}

} // namespace lapilli::report
