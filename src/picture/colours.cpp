// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "picture/colours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace lapilli::picture {

namespace {

// Every ninth of the table; between them colours change evenly.
using Anchors = std::array<std::uint32_t, 10>;
constexpr Anchors viridis{0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e,
                          0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725};
constexpr Anchors inferno{0x000004, 0x1b0c41, 0x4a0c6b, 0x781c6d, 0xa52c60,
                          0xcf4446, 0xed6925, 0xfb9b06, 0xf7d13d, 0xfcffa4};
constexpr double darkest_inferno = 0.12; // below, it is black as nothing else on a page

constexpr Colour solid{0xea, 0xe3, 0xd5};
constexpr std::array<std::uint32_t, 8> of_phases{0x1d3a52, 0xc0703c, 0x5f8f7a, 0x8c5f8c,
                                                 0xb8a13c, 0x4f7fae, 0x9c4a4a, 0x6f6f6f};

std::uint8_t channel(std::uint32_t colour, int shift) { return colour >> shift & 0xffU; }

Colour opaque(std::uint32_t colour) { return {channel(colour, 16), channel(colour, 8), channel(colour, 0)}; }

Colour between(const Anchors& anchors, double at)
{
    const double place = at * (anchors.size() - 1);
    const auto first = std::min<std::size_t>(static_cast<std::size_t>(place), anchors.size() - 2);
    const auto mix = [&](int shift) -> std::uint8_t {
        const double a = channel(anchors[first], shift), b = channel(anchors[first + 1], shift);
        return std::lround(a + (place - static_cast<double>(first)) * (b - a));
    };
    return {mix(16), mix(8), mix(0)};
}

} // namespace

std::uint8_t Scale::index_of(double value) const
{
    if (!std::isfinite(value)) return 0;
    double part = 0;
    if (log)
        part = value > 0 ? std::log(value / low) / std::log(high / low) : 0;
    else if (high > low)
        part = (value - low) / (high - low);
    return 1 + std::lround(std::clamp(part, 0.0, 1.0) * (levels - 1));
}

std::vector<Colour> palette_of(Table table)
{
    std::vector<Colour> palette{{.opacity = 0}};
    for (int i = 0; i < levels; ++i) {
        const double part = 1.0 * i / (levels - 1);
        palette.push_back(table == Table::viridis ? between(viridis, part)
                                                  : between(inferno, darkest_inferno + (1 - darkest_inferno) * part));
    }
    return palette;
}

std::vector<Colour> palette_of_labels(int phases)
{
    std::vector<Colour> palette{solid};
    for (int i = 0; i < std::min(phases, 255); ++i) palette.push_back(opaque(of_phases[i % of_phases.size()]));
    return palette;
}

std::string hex(const Colour& colour) { return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue); }

} // namespace lapilli::picture
