// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "flow_estimates.hpp"
#include "parallel/session.hpp"

#include <fmt/format.h>

#include <iostream>
#include <string>

namespace {

using namespace lapilli;

constexpr auto usage =
    "usage: lapilli_flow_estimates < bench/estimates_flow.txt\n"
    "  One solve a line: half, kind, edge, porosity, grain, seed, axes, boundary. A kind that ends in .raw.gz is a\n"
    "  cube of u8 in $LAPILLI_DATA. Prints a line for each solve, then a table of each half.\n";

} // namespace

int main(int argc, char** argv)
{
    if (argc > 1) {
        std::cerr << usage;
        return 2;
    }
    parallel::Session session(argc, argv);
    const auto comm = parallel::Communicator::world();
    bench::EstimateTable table;
    try {
        std::string line;
        while (std::getline(std::cin, line)) {
            if (line.empty() || line.front() == '#') continue;
            for (const auto& solve : bench::flow_estimates(comm, line)) {
                table.add(solve);
                if (comm.is_root()) std::cout << bench::in_words(solve) << std::endl;
            }
        }
        if (comm.is_root()) std::cout << table.markdown();
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "lapilli_flow_estimates: error: " << error.what() << std::endl;
        parallel::abort_all(1);
    }
}
