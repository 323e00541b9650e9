// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/comparison_rules.hpp"

#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace lapilli::collection {

namespace {

using nlohmann::json;

constexpr std::array axis_names{"x", "y", "z"};

/// Keys of what says how, wherever they stand.
constexpr std::array how_keys{"iterations",        "stopped_because", "converged",  "residual",   "momentum_residual",
                              "mass_residual",     "parts",           "correction", "two_grid",   "solver_error_estimate",
                              "error_estimate_by", "made_by",         "grid_shift", "directions", "note"};
/// Ends of others: fluxes through a cross-section, which show how far a flow itself has converged.
constexpr std::array how_ends{"_by_mean_flux", "_by_inlet_flux", "_by_outlet_flux"};

/// Means of the velocity, which its error enters to first order: the energy, whose error is stated, has it squared.
constexpr std::array first_order{"hydraulic_tortuosity", "mean_pore_velocity_voxel2"};

template <class Words>
bool among(const Words& words, std::string_view key)
{
    return std::ranges::find(words, key) != words.end();
}

/// The parts of a number to quote, together.
std::optional<double> sum_of_parts(const json& quote, bool another_sample)
{
    std::optional<double> sum;
    const auto& parts = at(quote, "parts");
    for (const char* part : {"solver", "grid", "sample", "segmentation"}) {
        const bool of_sample = part[0] == 's' && part[1] != 'o';
        if (at(parts, part).is_number() && (another_sample || !of_sample))
            sum = sum.value_or(0) + at(parts, part).get<double>();
    }
    return sum;
}

std::optional<double> error_along(const json& axis, bool quoted, bool another_sample)
{
    if (quoted) return sum_of_parts(axis, another_sample);
    const auto& estimate = at(axis, "solver_error_estimate");
    return estimate.is_number() ? std::optional(estimate.get<double>()) : std::nullopt;
}

std::string words_of(const json& value)
{
    constexpr std::size_t most = 60;
    if (value.is_null()) return "not given";
    auto words = value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, json::error_handler_t::replace);
    return words.size() > most ? words.substr(0, most) + "..." : words;
}

} // namespace

const json& at(const json& object, std::string_view key)
{
    static const json nothing;
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found != object.end() ? *found : nothing;
}

Keys keys_of(std::string_view place) { return text::split(place, '/'); }

bool says_how(const Keys& keys)
{
    return std::ranges::any_of(keys, [](auto key) {
        const auto ends = [&](const char* end) { return key.ends_with(end); };
        return among(how_keys, key) || std::ranges::any_of(how_ends, ends);
    });
}

std::optional<double> stated_error(const json& result, const Keys& keys, bool another_sample)
{
    if (keys.size() < 3 || keys.back() == "mean_chord_voxels") return std::nullopt; // which is of the image alone
    const bool quoted = keys[0] == "summary";
    const auto& property = at(at(result, keys[0]), keys[1]);
    const auto& axes = property.contains("solves") ? property["solves"] : property; // of a periodic image
    std::optional<double> largest;
    for (const char* axis : axis_names) {
        const auto error = error_along(at(axes, axis), quoted, another_sample);
        if (error && keys[2] == axis) return among(first_order, keys.back()) ? std::sqrt(*error) : *error;
        if (error) largest = std::max(largest.value_or(0), *error);
    }
    return among(axis_names, keys[2]) ? std::nullopt : largest;
}

std::string differs(std::string_view what, const json& a, const json& b)
{
    return fmt::format("{} is {} in A and {} in B", what, words_of(a), words_of(b));
}

std::vector<std::string> image_differences(const json& a, const json& b)
{
    constexpr std::pair<const char*, const char*> of_image[] = {{"shape", "the shape"},
                                                                {"crop", "the crop"},
                                                                {"voxel_size_m", "the voxel size [m]"},
                                                                {"pore", "the list of pore labels"},
                                                                {"conductivity", "the conductivity of the labels"}};
    std::vector<std::string> sentences;
    if (at(a, "digest") != at(b, "digest"))
        sentences.push_back(fmt::format("the images have other voxels: {} in A and {} in B", words_of(at(a, "path")),
                                        words_of(at(b, "path"))));
    for (const auto& [key, words] : of_image)
        if (at(a, key) != at(b, key)) sentences.push_back(differs(words, at(a, key), at(b, key)));
    return sentences;
}

} // namespace lapilli::collection
