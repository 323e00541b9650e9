// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/quantity.hpp"
#include "report/length_forms.hpp"
#include "report/value_forms.hpp"

#include <nlohmann/json.hpp>

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// The words of JSON Schema, and what a list of quantities says in them.
namespace lapilli::report::schema {

using Json = nlohmann::ordered_json;

inline Json of_type(const char* type) { return {{"type", type}}; }
inline Json or_null(Json schema)
{
    if (!schema["type"].is_array()) schema["type"] = Json::array({schema["type"], "null"});
    return schema;
}
inline Json one_of(std::initializer_list<const char*> words) { return {{"type", "string"}, {"enum", words}}; }
inline Json array_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
/// Of exactly so many.
inline Json array_of(Json items, int count)
{
    auto schema = array_of(std::move(items));
    schema["minItems"] = schema["maxItems"] = count;
    return schema;
}
/// With any keys.
inline Json map_of(Json values) { return {{"type", "object"}, {"additionalProperties", std::move(values)}}; }
inline Json tensor() { return array_of(array_of(of_type("number"), 3), 3); }

inline Json described(Json schema, const std::string& description)
{
    if (!description.empty()) schema["description"] = description;
    return schema;
}
inline Json measured(Json schema, const std::string& help, const std::string& unit)
{
    return described(std::move(schema), unit.empty() ? help : help + " [" + unit + "]");
}

/// An object of known keys.
class Object {
public:
    Object& has(const std::string& key, Json schema)
    {
        required_.push_back(key);
        return may_have(key, std::move(schema));
    }
    Object& may_have(const std::string& key, Json schema)
    {
        keys_[key] = std::move(schema);
        return *this;
    }
    /// The same of each axis, of sealed images only of those that were asked for.
    Object& of_axes(Json along)
    {
        along_ = std::move(along);
        return *this;
    }
    Object& of_all_axes(Json along)
    {
        for (const char* axis : {"x", "y", "z"}) required_.push_back(axis);
        return of_axes(std::move(along));
    }
    Json json() const
    {
        Json json{{"type", "object"}, {"properties", keys_}, {"required", required_}};
        if (!along_.is_null()) json["patternProperties"] = {{"^[xyz]$", along_}};
        return json;
    }

private:
    Json along_;
    Json keys_ = Json::object();
    Json required_ = Json::array();
};

/// Of a member of a result. Words may be missing, like what is optional: then they are null.
template <class Value>
Json type_of()
{
    if constexpr (std::is_same_v<Value, bool>)
        return of_type("boolean");
    else if constexpr (std::integral<Value>)
        return of_type("integer");
    else if constexpr (std::floating_point<Value>)
        return of_type("number");
    else if constexpr (std::convertible_to<Value, std::string_view>)
        return or_null(of_type("string"));
    else
        return or_null(type_of<typename Value::value_type>());
}

/// Adds the quantities of a kind of result. @param forms  of its value, if it is a property along an axis
template <class Result>
void add_quantities(Object& to, const ValueForms& forms = {}, bool (*chosen)(property::Where) = nullptr)
{
    property::for_each_quantity<Result>([&](const auto& quantity) {
        using Value = std::remove_cvref_t<decltype(quantity.of(std::declval<const Result&>()))>;
        const bool in_voxels = std::string_view(quantity.unit) == "voxel²"; // of voxels that are no cubes there are none
        if (chosen && !chosen(quantity.where)) return;
        if (quantity.where == property::Where::value)
            for (const auto& form : forms) to.has(form.axis, measured(or_null(of_type("number")), quantity.help, form.unit));
        else
            to.has(quantity.key,
                   measured(in_voxels ? or_null(type_of<Value>()) : type_of<Value>(), quantity.help, quantity.unit));
    });
}
/// Adds the quantities of a kind of result, in each of their forms.
template <class Result>
void add_forms(Object& to)
{
    property::for_each_quantity<Result>([&](const auto& quantity) {
        using Value = std::remove_cvref_t<decltype(quantity.of(std::declval<const Result&>()))>;
        if constexpr (std::integral<Value>) {
            to.has(quantity.key, described(type_of<Value>(), quantity.help));
            return;
        }
        for (const auto& form : forms_of(quantity.unit, {}))
            to.has(quantity.key + form.suffix, measured(or_null(of_type("number")), quantity.help, form.unit));
    });
}
template <class Result>
Object object_of()
{
    Object all;
    add_quantities<Result>(all);
    return all;
}

/// @param values  their key
inline Json principal(const char* values)
{
    return Object()
        .has(values, or_null(array_of(of_type("number"), 3)))
        .has("directions", described(tensor(), "row i: unit vector of value i"))
        .json();
}

/// All but `summary` and `result`.
Object run_parts();
/// Adds to `result` what is measured of the shape of pores.
void add_shape(Object& result);
/// What stands in `result` of a run that only planned.
Json plan();

} // namespace lapilli::report::schema
