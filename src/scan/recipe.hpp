// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace lapilli::scan {

/// Filters before the threshold.
enum class Denoise { none, median7, median27, gauss, perona_malik, non_local_means };
inline constexpr int filters = 6;
const char* name(Denoise denoise);
/// @throws Error another word
Denoise parse_denoise(const std::string& text);

struct Otsu {
    int classes = 2;
};
/// By the user, ascending, in values of the file.
struct Given {
    std::vector<double> values;
};
/// Pores are what is below `high` and connected to something below `low`.
struct Hysteresis {
    double low = 0, high = 0;
};
using Threshold = std::variant<Otsu, Given, Hysteresis>;
/// "otsu", "multi-otsu:3", "90,180", "hysteresis:90,110".
std::string name(const Threshold& threshold);
/// The thresholds that the user gave, ascending; none: they are found.
std::vector<double> given_values(const Threshold& threshold);
/// As name() has it; a blank may stand for the colon. @throws Error
Threshold parse_threshold(const std::string& text);

/// The sample is inside, in voxels of the file: the voxel at i reaches from i to i + 1.
struct Cylinder {
    double x = 0, y = 0, radius = 0;
};
/// "200,200,190"; nothing for "auto". @throws Error
std::optional<Cylinder> parse_cylinder(const std::string& text);

/// How labels are made of a grey image.
struct Recipe {
    Denoise denoise = Denoise::median7;
    Threshold threshold = Otsu{};
    bool watershed = false;            ///< surfaces at the steepest places, instead of at the threshold
    bool bright_pores = false;         ///< else pores are dark
    std::int64_t islands = 30;         ///< parts of fewer voxels become what is around them
    std::optional<std::int64_t> holes; ///< the same of pores alone; absent: as islands
    bool round = false;                ///< only what is inside a cylinder along z is the sample
    std::optional<Cylinder> cylinder;  ///< absent: found in the image

    std::int64_t least_pores() const { return holes.value_or(islands); }
};

/// @throws Error what does not go together
void check(const Recipe& recipe);

/// By the names of the options. @param cylinder  that was used
nlohmann::ordered_json to_json(const Recipe& recipe, const std::optional<Cylinder>& cylinder);

} // namespace lapilli::scan
