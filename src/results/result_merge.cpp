// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/result_merge.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace lapilli::results {

namespace {

/// What stands there; null where there is nothing.
const Json& at(const Json& object, std::string_view key)
{
    static const Json nothing;
    return object.is_object() && object.contains(key) ? object.at(key) : nothing;
}

/// The runs of a result; one, of unknown settings, for all that a version which did not note them has found.
Json runs_of(const Json& result)
{
    if (at(result, "runs").is_array()) return result.at("runs");
    Json properties = Json::object();
    for (const auto& [property, values] : at(result, "result").items())
        properties[property] =
            property == "porosity" || property == "percolation" ? Json{{"boundary", at(values, "boundary")}} : Json();
    return Json::array({Json{{"properties", properties}}});
}

bool finds_nothing(const Json& runs)
{
    return std::ranges::all_of(runs, [](const Json& run) { return at(run, "properties").empty(); });
}

std::string differs(const std::string& what, const Json& there, const Json& here)
{
    const auto words = [](const Json& value) { return value.is_null() ? std::string("not given") : value.dump(); };
    return fmt::format("{} is {} there and {} here", what, words(there), words(here));
}

struct Key {
    const char* key;
    const char* words;
};

/// The first thing in which two images differ; empty if they are one.
std::string image_difference(const Json& there, const Json& here, bool pores_too)
{
    constexpr Key of_image[] = {{"digest", "the image"}, {"shape", "its shape"}, {"crop", "--crop"}};
    constexpr Key of_pores[] = {{"voxel_size_m", "the voxel size [m]"},
                                {"pore", "--pore"},
                                {"outside", "--outside"},
                                {"conductivity", "--conductivity"}};
    for (const auto& [key, words] : of_image)
        if (at(there, key) != at(here, key)) {
            const auto path = at(there, "path");
            if (std::string(key) != "digest" || !path.is_string()) return differs(words, at(there, key), at(here, key));
            return fmt::format("the image is another one: they are of {}", path.get<std::string>());
        }
    for (const auto& [key, words] : of_pores)
        if (pores_too && at(there, key) != at(here, key)) return differs(words, at(there, key), at(here, key));
    return {};
}

std::string settings_difference(const std::string& property, const Json& there, const Json& here)
{
    if (there.is_null()) return fmt::format("it is not known with which settings their {} was found", property);
    for (const auto& [key, value] : here.items())
        if (key != "max-iterations" && at(there, key) != value) // which is no matter of a value that has converged
            return fmt::format("{} of the {}", differs("--" + key, at(there, key), value), property);
    return {};
}

bool writes_fields(const Json& run)
{
    return std::ranges::any_of(at(run, "properties"), [](const Json& settings) { return at(settings, "fields") == true; });
}

/// Whether a run has fields of a property that another one, which writes fields too, does not find again.
bool loses_fields(const Json& there, const Json& here)
{
    if (!writes_fields(there) || !writes_fields(here)) return false;
    for (const auto& [property, settings] : at(there, "properties").items())
        if (at(settings, "fields") == true && !at(here, "properties").contains(property)) return true;
    return false;
}

/// Adds to an object what only the other has.
void add_missing(Json& to, const Json& from)
{
    for (const auto& [key, value] : from.items())
        if (!to.contains(key)) to[key] = value;
}

/// What either of two objects has of each property, of `mine` where both have it.
Json both(const Json& earlier, const Json& mine)
{
    Json found = Json::object();
    for (const char* property : {"porosity", "percolation", "interfaces", "pore_size", "drainage", "network", "diffusivity",
                                 "permeability", "rev"}) { // in this order
        const auto& from = mine.contains(property) ? mine : earlier;
        if (!at(from, property).is_null()) found[property] = from[property];
    }
    add_missing(found, mine);
    add_missing(found, earlier);
    return found;
}

/// A result that was read without the counts of its labels, with those of the same image.
Json with_labels_of(const Json& counted, Json result)
{
    auto image = at(counted, "image");
    for (const auto& [key, value] : at(result, "image").items()) image[key] = value;
    result["image"] = image;
    return result;
}

/// Warnings of all runs, each once.
Json warnings_of(const Json& runs)
{
    Json all = Json::array();
    for (const auto& run : runs)
        for (const auto& warning : at(run, "warnings"))
            if (std::ranges::find(all, warning) == all.end()) all.push_back(warning);
    return all;
}

/// The runs of which something stands, after one that has found some of it again.
Json still_standing(const Json& earlier, const Json& mine)
{
    Json standing = Json::array();
    for (Json run : earlier) {
        auto& properties = run["properties"];
        for (const auto& [property, settings] : at(mine, "properties").items()) properties.erase(property);
        if (!properties.empty()) standing.push_back(run);
    }
    standing.push_back(mine);
    return standing;
}

} // namespace

Difference difference(const Json& earlier, const Json& mine)
{
    if (earlier.is_null()) return {};
    const auto before = runs_of(earlier), here = runs_of(mine);
    const auto image =
        image_difference(at(earlier, "image"), at(mine, "image"), !finds_nothing(before) && !finds_nothing(here));
    if (!image.empty()) return {image, true};
    for (const auto& run : before)
        for (const auto& [property, settings] : at(here.front(), "properties").items()) {
            if (!at(run, "properties").contains(property)) continue;
            const auto words = settings_difference(property, run["properties"][property], settings);
            if (!words.empty()) return {words, property == "porosity" || property == "percolation"}; // by their boundary
        }
    for (const auto& run : before)
        if (loses_fields(run, here.front())) return {"their fields are of another property, and would be lost", false};
    return {};
}

bool holds(const Json& earlier, const Json& mine)
{
    if (earlier.is_null() || !difference(earlier, mine).words.empty()) return false;
    const auto before = runs_of(earlier), here = runs_of(mine);
    const auto& wanted = here.front();
    const auto is_there = [&](const std::string& property, const Json& settings) {
        return std::ranges::any_of(before, [&](const Json& run) {
            return at(at(run, "properties"), property) == settings &&
                   at(run, "program_version") == at(wanted, "program_version");
        });
    };
    for (const auto& [property, settings] : at(wanted, "properties").items())
        if (!is_there(property, settings)) return false;
    return true;
}

bool has_fields(const Json& result) { return std::ranges::any_of(at(result, "runs"), writes_fields); }

Json merged(const Json& earlier, Json mine)
{
    if (earlier.is_null() || difference(earlier, mine).whole) return mine;
    const auto before = runs_of(earlier);
    if (finds_nothing(runs_of(mine))) return finds_nothing(before) ? mine : with_labels_of(mine, earlier);
    mine["runs"] = still_standing(before, mine["runs"].front());
    for (const char* part : {"summary", "result"})
        if (mine.contains(part)) mine[part] = both(at(earlier, part), mine[part]);
    mine["warnings"] = warnings_of(mine["runs"]);
    for (const auto& run : mine["runs"])
        if (at(run, "status") == "not converged") mine["status"] = "not converged";
    return mine;
}

} // namespace lapilli::results
