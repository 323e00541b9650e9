// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/table_files.hpp"

#include "file/atomic_file.hpp"
#include "report/drainage.hpp"
#include "report/network.hpp"
#include "report/pore_size.hpp"
#include "report/rev.hpp"

#include <algorithm>
#include <fstream>
#include <string>

namespace lapilli::results {

namespace {

constexpr TableFile files[] = {{"pore_size.csv", report::pore_size_csv_head},
                               {"drainage.csv", report::drainage_csv_head},
                               {"rev.csv", report::rev_csv_head},
                               {"relative.csv", report::relative_csv_head},
                               {"network_pores.csv", report::pores_csv_head},
                               {"network_throats.csv", report::throats_csv_head}};

} // namespace

std::span<const TableFile> table_files() { return files; }

bool is_own_table(const std::filesystem::path& path, std::string_view head)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return false; // opening a pipe would wait for its writer
    std::ifstream file(path, std::ios::binary);
    std::string found(head.size(), '\0');
    file.read(found.data(), std::ssize(found));
    return file.gcount() == 0 || found == head;
}

void write_tables(const std::filesystem::path& folder, const study::Result& result)
{
    const auto edge_m = result.shortest_edge_m();
    if (result.pore_size) file::write_file(folder / files[0].name, report::pore_size_csv(*result.pore_size, edge_m));
    if (result.drainage)
        file::write_file(folder / files[1].name, report::drainage_csv(*result.drainage, result.fluids, edge_m));
    const bool solved = result.drainage && std::ranges::any_of(result.drainage->axes, [](const auto& curve) {
                            return curve && !curve->relative.empty();
                        });
    if (solved) file::write_file(folder / files[3].name, report::relative_csv(*result.drainage, result.fluids, edge_m));
    if (result.rev) file::write_file(folder / files[2].name, report::rev_csv(*result.rev, edge_m));
    if (result.network) {
        file::write_file(folder / files[4].name, report::pores_csv(*result.network, edge_m));
        file::write_file(folder / files[5].name, report::throats_csv(*result.network, edge_m));
    }
}

} // namespace lapilli::results
