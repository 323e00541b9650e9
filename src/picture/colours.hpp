// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::picture {

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t opacity = 255;

    friend bool operator==(const Colour&, const Colour&) = default;
};

/// Tables in which equal steps of a value look equal (viridis and inferno of matplotlib, CC0).
enum class Table { viridis, inferno };

/// Colours for the values from `low` to `high`: 48 of them, so that steps are not seen and pictures stay small.
struct Scale {
    Table table = Table::viridis;
    double low = 0;
    double high = 1;
    bool log = false;

    /// Index in the palette: 0 where there is no value, else 1 ... 48; values beyond the ends as these.
    std::uint8_t index_of(double value) const;
};
inline constexpr int levels = 48;

/// What index 0 looks like, which is see-through: the page behind it shows; then the levels.
std::vector<Colour> palette_of(Table table);

/// Of labels: index 0 is the solid, the others are phases of the pores, whose colours come again after eight.
std::vector<Colour> palette_of_labels(int phases);

/// "#1d3a52"
std::string hex(const Colour& colour);

} // namespace lapilli::picture
