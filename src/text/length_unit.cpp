// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/length_unit.hpp"

#include "text/small_letters.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace lapilli::text {
namespace {

/// Blanks around it dropped, ASCII letters small.
std::string plain(std::string_view word)
{
    while (!word.empty() && (word.front() == ' ' || word.front() == '"')) word.remove_prefix(1);
    while (!word.empty() && (word.back() == ' ' || word.back() == '"' || word.back() == '\r')) word.remove_suffix(1);
    return small_letters(word);
}

} // namespace

std::optional<double> metres_of(std::string_view unit)
{
    using Names = std::array<std::string_view, 10>;
    static constexpr std::array<std::pair<double, Names>, 7> units{{
        {1, {"m", "meter", "meters", "metre", "metres"}},
        {1e-2, {"cm", "centimeter", "centimeters", "centimetre", "centimetres"}},
        {1e-3, {"mm", "millimeter", "millimeters", "millimetre", "millimetres"}},
        // the two characters that look like µ, in UTF-8, in Latin-1 and as Java writes them
        {1e-6,
         {"um", "micron", "microns", "micrometer", "micrometers", "micrometre", "micrometres", "\xc2\xb5m", "\xce\xbcm",
          "\xb5m"}},
        {1e-9, {"nm", "nanometer", "nanometers", "nanometre", "nanometres"}},
        {1e-10, {"a", "angstrom", "angstroms", "\xc3\x85", "\xc5"}},
        {0.0254, {"in", "inch", "inches"}},
    }};
    const std::string word = plain(unit);
    if (word.empty()) return std::nullopt;
    if (word == "\\u00b5m" || word == "\\u03bcm" || word == "&#181;m" || word == "&#xb5;m") return 1e-6;
    for (const auto& [metres, names] : units)
        if (std::ranges::find(names, word) != names.end()) return metres;
    return std::nullopt;
}

bool is_no_length(std::string_view unit)
{
    constexpr std::array<std::string_view, 6> words{"", "pixel", "pixels", "voxel", "voxels", "px"};
    return std::ranges::find(words, plain(unit)) != words.end();
}

} // namespace lapilli::text
