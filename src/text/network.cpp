// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/network.hpp"

#include "core/error.hpp"
#include "text/words.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace lapilli::text {

namespace {

using Unit = std::pair<std::string_view, double>;

constexpr double kibi = 1024;
constexpr std::array<Unit, 4> times{{{"us", 1e-6}, {"\u00b5s", 1e-6}, {"ms", 1e-3}, {"s", 1}}};
constexpr std::array<Unit, 6> rates{
    {{"Mbit", 1e6 / 8}, {"Gbit", 1e9 / 8}, {"Tbit", 1e12 / 8}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}}};
constexpr std::array<Unit, 9> memories{{{"MB", 1e6},
                                        {"GB", 1e9},
                                        {"TB", 1e12},
                                        {"MiB", kibi* kibi},
                                        {"GiB", kibi* kibi* kibi},
                                        {"TiB", kibi* kibi* kibi* kibi},
                                        {"Mi", kibi* kibi},
                                        {"Gi", kibi* kibi* kibi},
                                        {"Ti", kibi* kibi* kibi* kibi}}};

/// A number and a unit; nothing if it is anything else.
std::optional<double> quantity(std::string_view text, std::span<const Unit> units)
{
    for (const auto& [name, size] : units) {
        if (!text.ends_with(name)) continue;
        const auto value = number<double>(trim(text.substr(0, text.size() - name.size())));
        if (value && std::isfinite(*value) && *value > 0) return *value * size;
    }
    return std::nullopt;
}

std::optional<double> rate(std::string_view text)
{
    return quantity(text.ends_with("/s") ? text.substr(0, text.size() - 2) : text, rates);
}

} // namespace

Network parse_network(const std::string& text)
{
    constexpr double fastest = 1e-7, slowest = 1, narrowest = 1e6 / 8, widest = 1e13 / 8;
    const auto words = split(text, ',');
    const auto latency = quantity(words.front(), times), bandwidth = rate(words.back());
    if (words.size() != 2 || !latency || !bandwidth)
        throw input_error("'{}' is not a network; expected the time of a message and the bandwidth of a node, such as "
                          "0.2ms,10Gbit",
                          text);
    if (*latency < fastest || *latency > slowest)
        throw input_error("a message takes between 100 ns and 1 s, not {}; half of what ping says is right, such as 0.2ms",
                          words.front());
    if (*bandwidth < narrowest || *bandwidth > widest)
        throw input_error("a network has between 1 Mbit/s and 10 Tbit/s, not {}; write for example 10Gbit", words.back());
    return {*latency, *bandwidth};
}

double parse_rate(const std::string& text)
{
    if (const auto bytes = rate(text)) return *bytes;
    throw input_error("'{}' is not a bandwidth; expected a number and MB/s, GB/s, Mbit/s or Gbit/s, such as 200MB/s", text);
}

double parse_bytes(const std::string& text)
{
    if (const auto bytes = quantity(text, memories)) return *bytes;
    throw input_error("'{}' is not a size of memory; expected a number and MB, GB or GiB, such as 64GiB", text);
}

} // namespace lapilli::text
