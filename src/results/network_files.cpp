// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/network_files.hpp"

#include "core/error.hpp"
#include "file/atomic_file.hpp"
#include "report/network.hpp"
#include "results/network_formats.hpp"
#include "results/table_files.hpp"

#include <algorithm>
#include <fstream>
#include <string>

namespace lapilli::results {

namespace {

constexpr NetworkFile files[] = {
    {NetworkFormat::openpnm, "network.npz"},       {NetworkFormat::statoil, "network_node1.dat"},
    {NetworkFormat::statoil, "network_node2.dat"}, {NetworkFormat::statoil, "network_link1.dat"},
    {NetworkFormat::statoil, "network_link2.dat"}, {NetworkFormat::vtp, "network.vtp"}};

bool is_among(NetworkFormat format, const std::vector<NetworkFormat>& formats)
{
    return std::ranges::find(formats, format) != formats.end();
}

/// Whether these bytes stand in a file, so many from its beginning.
bool has(const std::filesystem::path& path, std::streamoff offset, std::string_view bytes)
{
    std::ifstream file(path, std::ios::binary);
    std::string found(bytes.size(), '\0');
    file.seekg(offset);
    file.read(found.data(), std::ssize(found));
    return found == bytes;
}

} // namespace

std::span<const NetworkFile> network_files() { return files; }

bool is_own_network(const std::filesystem::path& path)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return false; // opening a pipe would wait for its writer
    if (std::filesystem::file_size(path, ignored) == 0) return true;
    if (path.extension() == ".npz") return has(path, 30, openpnm_begins);
    if (path.extension() == ".vtp") return has(path, 0, vtp_begins);
    // The others are numbers alone, as their readers want them: the table beside them says whose they are.
    return is_own_table(path.parent_path() / "network_pores.csv", report::pores_csv_head);
}

void check_network_formats(const std::vector<NetworkFormat>& formats, const study::Result& result)
{
    if (is_among(NetworkFormat::statoil, formats) && !result.voxel_edges_m)
        throw input_error("--export statoil needs lengths in metres, but the size of a voxel is not known; expected it in "
                          "the file or by --voxel, e.g. --voxel 5um");
}

void write_network(const std::filesystem::path& folder, const study::Result& result,
                   const std::vector<NetworkFormat>& formats)
{
    if (!result.network) return;
    const MeasuredNetwork network{*result.network,
                                  result.shortest_edge_m(),
                                  {result.crop[Axis::x].first, result.crop[Axis::y].first, result.crop[Axis::z].first}};
    for (const auto& [format, name] : files) {
        std::error_code ignored;
        if (!is_among(format, formats) && is_own_network(folder / name)) std::filesystem::remove(folder / name, ignored);
    }
    if (is_among(NetworkFormat::openpnm, formats)) file::write_file(folder / "network.npz", openpnm_arrays(network));
    if (is_among(NetworkFormat::vtp, formats)) file::write_file(folder / "network.vtp", vtp_text(network));
    if (!is_among(NetworkFormat::statoil, formats)) return;
    const auto text = statoil_files(network);
    file::write_file(folder / "network_node1.dat", text.node1);
    file::write_file(folder / "network_node2.dat", text.node2);
    file::write_file(folder / "network_link1.dat", text.link1);
    file::write_file(folder / "network_link2.dat", text.link2);
}

} // namespace lapilli::results
