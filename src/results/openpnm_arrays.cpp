// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/zip_archive.hpp"
#include "format/plain/npy_head.hpp"
#include "results/network_formats.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <span>
#include <vector>

namespace lapilli::results {

namespace {

static_assert(std::endian::native == std::endian::little); // as the arrays say of themselves

template <class Number>
constexpr const char* type_of()
{
    return sizeof(Number) == 1 ? "|b1" : std::is_floating_point_v<Number> ? "<f8" : "<i8";
}

/// An array of rows of so many numbers, in the format .npy 1.0.
template <class Number>
std::string npy(const std::vector<Number>& values, std::size_t columns)
{
    const std::int64_t rows = values.size() / columns;
    const std::array<std::int64_t, 2> shape{rows, static_cast<std::int64_t>(columns)};
    auto out = format::npy_head(type_of<Number>(), std::span(shape).first(columns == 1 ? 1 : 2));
    const auto begin = out.size();
    out.resize(begin + values.size() * sizeof(Number));
    if (!values.empty()) std::memcpy(out.data() + begin, values.data(), values.size() * sizeof(Number));
    return out;
}

/// The arrays of one kind of item, each item of the network's own first, then those at faces.
class Arrays {
public:
    Arrays(file::ZipArchive& to, const MeasuredNetwork& of) : to_(to), of_(of), parts_(of.network.parts) {}

    /// One number for each pore, and for each boundary pore. @param power  of a length
    template <class OfPore, class OfInlet>
    void pores(const char* name, int power, OfPore&& of_pore, OfInlet&& of_inlet)
    {
        write("pore.", name, power, parts_.pores, of_pore, of_inlet);
    }
    template <class OfThroat, class OfInlet>
    void throats(const char* name, int power, OfThroat&& of_throat, OfInlet&& of_inlet)
    {
        write("throat.", name, power, parts_.throats, of_throat, of_inlet);
    }
    void labels(const std::string& name, auto&& of_inlet)
    {
        std::vector<std::uint8_t> values(parts_.pores.size(), 0);
        for (const auto& inlet : parts_.inlets) values.push_back(of_inlet(inlet) ? 1 : 0);
        to_.add("pore." + name + ".npy", npy(values, 1));
    }
    void places();
    void connections();

private:
    template <class Items, class OfItem, class OfInlet>
    void write(const std::string& kind, const char* name, int power, const Items& items, OfItem&& of_item,
               OfInlet&& of_inlet)
    {
        const double unit = std::pow(of_.scale(), power);
        std::vector<double> values;
        for (const auto& item : items) values.push_back(unit * of_item(item));
        for (const auto& inlet : parts_.inlets) values.push_back(unit * of_inlet(inlet));
        to_.add(kind + name + ".npy", npy(values, 1));
    }
    std::array<double, 3> at_face(const network::Inlet& inlet) const
    {
        auto centre = parts_.pores[inlet.pore].centre;
        const auto k = static_cast<std::size_t>(inlet.face / 2);
        centre[k] = inlet.face % 2 == 0 ? 0 : 1.0 * of_.network.shape.along(all_axes[k]);
        return of_.place(centre);
    }

    file::ZipArchive& to_;
    const MeasuredNetwork& of_;
    const network::Network& parts_;
};

void Arrays::places()
{
    std::vector<double> centres, of_throats;
    const auto add = [](std::vector<double>& to, const std::array<double, 3>& p) {
        to.insert(to.end(), p.begin(), p.end());
    };
    for (const auto& pore : parts_.pores) add(centres, of_.place(pore.centre));
    for (const auto& inlet : parts_.inlets) add(centres, at_face(inlet));
    for (const auto& throat : parts_.throats) add(of_throats, of_.place(throat.centre));
    for (const auto& inlet : parts_.inlets) add(of_throats, at_face(inlet));
    to_.add("pore.coords.npy", npy(centres, 3));
    to_.add("throat.coords.npy", npy(of_throats, 3));
}

void Arrays::connections()
{
    std::vector<std::int64_t> ends, steps;
    for (const auto& throat : parts_.throats) {
        ends.insert(ends.end(), {throat.a, throat.b});
        steps.insert(steps.end(), throat.steps.begin(), throat.steps.end());
    }
    auto boundary = static_cast<std::int64_t>(parts_.pores.size());
    for (const auto& inlet : parts_.inlets) ends.insert(ends.end(), {inlet.pore, boundary++});
    to_.add("throat.conns.npy", npy(ends, 2));
    if (of_.network.boundary == Boundary::periodic) to_.add("throat.repetitions.npy", npy(steps, 3));
}

} // namespace

std::string openpnm_arrays(const MeasuredNetwork& of)
{
    using network::Inlet;
    using network::Pore;
    using network::Throat;
    file::ZipArchive archive;
    Arrays arrays(archive, of);
    arrays.places();
    arrays.connections();
    const auto diameter = [](const auto& item) { return 2 * item.radius; };
    arrays.pores("inscribed_diameter", 1, diameter, diameter);
    arrays.pores(
        "volume", 3, [](const Pore& p) { return p.volume; }, [](const Inlet&) { return 0.0; });
    arrays.throats("inscribed_diameter", 1, diameter, diameter);
    arrays.throats(
        "cross_sectional_area", 2, [](const Throat& t) { return t.area; }, [](const Inlet& i) { return i.area; });
    arrays.throats(
        "total_length", 1, [](const Throat& t) { return t.lengths[0] + t.lengths[1]; },
        [](const Inlet& i) { return i.length; });
    const auto diffusive = [](const auto& item) { return item.conductance.diffusive; };
    const auto hydraulic = [](const auto& item) { return item.conductance.hydraulic; };
    arrays.throats("diffusive_size_factors", 1, diffusive, diffusive);
    arrays.throats("hydraulic_size_factors", 3, hydraulic, hydraulic);
    arrays.labels("boundary", [](const Inlet&) { return true; });
    for (int face = 0; face < 6; ++face)
        arrays.labels(fmt::format("{}{}", name(all_axes[face / 2]), face % 2 == 0 ? "min" : "max"),
                      [&](const Inlet& inlet) { return inlet.face == face; });
    return archive.take();
}

} // namespace lapilli::results
