// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/machine_size.hpp"

#include "core/error.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <sstream>

namespace lapilli::study {

namespace {

constexpr double gibibyte = 1024.0 * 1024 * 1024;

std::vector<std::string> cells_of(const std::string& row)
{
    std::vector<std::string> cells;
    if (row.empty() || row.front() != '|') return cells;
    std::istringstream words(row.substr(1));
    for (std::string cell; std::getline(words, cell, '|');) cells.emplace_back(text::trim(cell));
    return cells;
}

} // namespace

std::vector<MachineSize> usual_sizes()
{
    return {{"Standard_D4as_v5", 2, 16 * gibibyte, {}},      {"Standard_D8as_v5", 4, 32 * gibibyte, {}},
            {"Standard_E8as_v5", 4, 64 * gibibyte, {}},      {"Standard_D16as_v5", 8, 64 * gibibyte, {}},
            {"Standard_E16as_v5", 8, 128 * gibibyte, {}},    {"Standard_D32as_v5", 16, 128 * gibibyte, {}},
            {"Standard_E32as_v5", 16, 256 * gibibyte, {}},   {"Standard_E64as_v5", 32, 512 * gibibyte, {}},
            {"Standard_HB120rs_v3", 120, 448 * gibibyte, {}}};
}

std::vector<MachineSize> read_sizes(const std::string& table, const std::string& name)
{
    std::vector<MachineSize> sizes;
    std::optional<std::size_t> price_column;
    std::istringstream lines(table);
    for (std::string line; std::getline(lines, line);) {
        const auto cells = cells_of(line);
        const auto priced = std::ranges::find_if(cells, [](const auto& cell) { return cell.ends_with("an hour"); });
        if (priced != cells.end()) price_column = priced - cells.begin();
        if (cells.size() < 3) continue;
        const auto cores = text::number<int>(cells[1]);
        const auto memory = text::number<double>(cells[2]);
        constexpr int most_cores = 1024;
        if (!cores || !memory || *cores < 1 || *cores > most_cores || !(*memory > 0)) continue; // such as a heading
        MachineSize size{cells[0], *cores, *memory * gibibyte, {}};
        if (price_column) {
            size.price = *price_column < cells.size() ? text::number<double>(cells[*price_column]) : std::nullopt;
            if (!size.price || !(*size.price > 0)) continue;
        }
        sizes.push_back(size);
    }
    if (sizes.empty())
        throw input_error("{} has no machine in it; expected a table with rows such as '| Standard_D8as_v5 | 4 | 32 |', as "
                          "infra/azure/prices prints it",
                          name);
    return sizes;
}

} // namespace lapilli::study
