// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lapilli::study {

/// A kind of machine that one can rent.
struct MachineSize {
    std::string name;
    int cores = 0;
    double memory = 0;           ///< [B]
    std::optional<double> price; ///< of an hour
};

/// Those of infra/azure/README.md, without prices.
std::vector<MachineSize> usual_sizes();

/// The rows of a table as infra/azure/prices prints it: name, cores, memory [GiB], and under a heading that ends with "an
/// hour" the price; other columns are passed over. Sizes with the price "-" are not sold, and left out.
/// @throws Error with exit code 2: there is no such row
std::vector<MachineSize> read_sizes(const std::string& table, const std::string& name);

} // namespace lapilli::study
