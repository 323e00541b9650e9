// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/network_formats.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <type_traits>
#include <vector>

namespace lapilli::results {

namespace {

static_assert(std::endian::native == std::endian::little); // as the file says of itself

/// Elements that describe arrays, and the bytes of these, which stand behind all elements.
class Appended {
public:
    template <class Number>
    std::string array(const char* name, const std::vector<Number>& values, int components = 1)
    {
        constexpr const char* type = std::is_same_v<Number, std::int64_t> ? "Int64" : "Float64";
        auto element =
            fmt::format("<DataArray type=\"{}\" Name=\"{}\" NumberOfComponents=\"{}\" format=\"appended\" offset=\"{}\"/>\n",
                        type, name, components, bytes_.size());
        const std::uint64_t count = values.size() * sizeof(Number);
        append(&count, sizeof(count));
        append(values.data(), count);
        return element;
    }
    const std::string& bytes() const { return bytes_; }

private:
    void append(const void* from, std::size_t count)
    {
        const auto begin = bytes_.size();
        bytes_.resize(begin + count);
        if (count > 0) std::memcpy(bytes_.data() + begin, from, count);
    }
    std::string bytes_;
};

/// A cell for each so many points: which ones, and where each ends.
std::string cells(Appended& to, const std::vector<std::int64_t>& points, std::int64_t each)
{
    std::vector<std::int64_t> ends;
    for (std::int64_t end = each; end <= std::ssize(points); end += each) ends.push_back(end);
    return to.array("connectivity", points) + to.array("offsets", ends);
}

/// Of vertices first, then of lines. @param power  of a length
template <class OfPore, class OfThroat>
std::vector<double> sizes(const MeasuredNetwork& of, int power, OfPore&& of_pore, OfThroat&& of_throat)
{
    const double unit = std::pow(of.scale(), power);
    std::vector<double> values;
    for (const auto& pore : of.network.parts.pores) values.push_back(unit * of_pore(pore));
    for (const auto& throat : of.network.parts.throats) values.push_back(unit * of_throat(throat));
    return values;
}

std::string cell_data(Appended& to, const MeasuredNetwork& of)
{
    using network::Pore;
    using network::Throat;
    const auto& parts = of.network.parts;
    std::vector<std::int64_t> is_throat(parts.pores.size(), 0), crosses(is_throat);
    for (const auto& t : parts.throats) {
        is_throat.push_back(1);
        crosses.push_back(t.steps == network::ImageSteps{} ? 0 : 1);
    }
    const auto none = [](const Pore&) { return 0.0; };
    return "<CellData>\n" + to.array("throat", is_throat) + to.array("crosses_face", crosses) +
           to.array("radius", sizes(
                                  of, 1, [](const Pore& p) { return p.radius; }, [](const Throat& t) { return t.radius; })) +
           to.array("area", sizes(of, 2, none, [](const Throat& t) { return t.area; })) +
           to.array("length", sizes(of, 1, none, [](const Throat& t) { return t.lengths[0] + t.lengths[1]; })) +
           to.array("diffusive_conductance", sizes(of, 1, none, [](const Throat& t) { return t.conductance.diffusive; })) +
           to.array("hydraulic_conductance", sizes(of, 3, none, [](const Throat& t) { return t.conductance.hydraulic; })) +
           "</CellData>\n";
}

std::string point_data(Appended& to, const MeasuredNetwork& of)
{
    std::vector<double> radii, volumes;
    std::vector<std::int64_t> numbers, throats;
    const double m = of.scale();
    for (const auto& pore : of.network.parts.pores) {
        radii.push_back(pore.radius * m);
        volumes.push_back(pore.volume * m * m * m);
        throats.push_back(pore.throats);
        numbers.push_back(std::ssize(numbers) + 1);
    }
    return "<PointData>\n" + to.array("region", numbers) + to.array("radius", radii) + to.array("volume", volumes) +
           to.array("throats", throats) + "</PointData>\n";
}

} // namespace

std::string vtp_text(const MeasuredNetwork& of)
{
    const auto& parts = of.network.parts;
    Appended appended;
    std::vector<double> points;
    std::vector<std::int64_t> vertices, lines;
    for (const auto& pore : parts.pores) {
        auto centre = pore.centre;
        for (std::size_t k = 0; k < 3; ++k) centre[k] += static_cast<double>(of.first[all_axes[k]]);
        const auto p = of.place(centre);
        points.insert(points.end(), p.begin(), p.end());
        vertices.push_back(std::ssize(vertices));
    }
    for (const auto& throat : parts.throats) lines.insert(lines.end(), {throat.a, throat.b});
    std::string text(vtp_begins);
    text += "<VTKFile type=\"PolyData\" version=\"1.0\" byte_order=\"LittleEndian\" header_type=\"UInt64\">\n<PolyData>\n";
    text += fmt::format("<Piece NumberOfPoints=\"{0}\" NumberOfVerts=\"{0}\" NumberOfLines=\"{1}\" NumberOfStrips=\"0\" "
                        "NumberOfPolys=\"0\">\n",
                        parts.pores.size(), parts.throats.size());
    text += point_data(appended, of);
    text += cell_data(appended, of);
    text += "<Points>\n" + appended.array("points", points, 3) + "</Points>\n";
    text += "<Verts>\n" + cells(appended, vertices, 1) + "</Verts>\n";
    text += "<Lines>\n" + cells(appended, lines, 2) + "</Lines>\n";
    text += "</Piece>\n</PolyData>\n<AppendedData encoding=\"raw\">\n_";
    return text + appended.bytes() + "\n</AppendedData>\n</VTKFile>\n";
}

} // namespace lapilli::results
