// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// What people type after an option.
#include "cli/option.hpp"
#include "core/error.hpp"
#include "input.hpp"
#include "text/axes.hpp"
#include "text/extents.hpp"
#include "text/labels.hpp"
#include "text/sentence.hpp"
#include "text/units.hpp"
#include "text/voxel.hpp"
#include "verdict.hpp"

#include <cmath>

namespace {

using namespace lapilli;

void read(int what, const std::string& text)
{
    if (what == 0) {
        const double metres = text::parse_length(text);
        fuzz::require(std::isfinite(metres) && metres > 0, "a length is finite and above zero", text);
        fuzz::require(!text::length_text(metres).empty(), "a length can be shown", text);
    } else if (what == 1) {
        const Shape shape = text::parse_shape(text);
        fuzz::require(shape.voxels() > 0, "a shape has voxels that can be counted", text);
    } else if (what == 2) {
        fuzz::require(!text::parse_labels(text).empty(), "a list of labels has one", text);
    } else if (what == 3) {
        fuzz::require(!text::parse_axes(text).empty(), "a list of axes has one", text);
    } else if (what == 4) {
        for (const auto& range : text::parse_crop(text))
            fuzz::require(range.first >= 0 && range.last.value_or(range.first + 1) > range.first, "a region has voxels",
                          text);
    } else if (what == 5) {
        for (const auto& [label, sigma] : text::parse_conductivities(std::array{text, "7=" + text}))
            fuzz::require(std::isfinite(sigma) && sigma > 0, "a conductivity is finite and above zero", text);
    } else if (what == 6) {
        const auto edges = text::parse_voxel(text);
        fuzz::require(std::isfinite(edges.x + edges.y + edges.z) && edges.shortest() > 0, "edges are finite and above zero",
                      text);
        fuzz::require(text::parse_voxel(text::typed_voxel(edges)).cubic() == edges.cubic(), "edges can be typed", text);
    } else if (what == 7) {
        fuzz::require(!text::parse_relabelling(text).empty(), "a list of new labels has one", text);
    } else if (what == 8) {
        const auto [x, y, z] = text::parse_axis_order(text).values;
        fuzz::require(x != y && y != z && z != x, "an order of axes has each once", text);
    } else if (what == 9) {
        const int turns = text::parse_quarter_turns(text).second;
        fuzz::require(turns >= 1 && turns <= 3, "an image is turned once, twice or thrice", text);
    } else {
        fuzz::require(cli::parse_count(text) > 0, "a count is above zero", text);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Input input(data, size);
    const int what = input.choose(11);
    try {
        read(what, input.text());
    } catch (const Error& error) {
        fuzz::require(error.code() == ExitCode::wrong_input, "what cannot be read is wrong input", error.what());
    }
    return 0;
}
