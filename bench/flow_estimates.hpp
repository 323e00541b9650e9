// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace lapilli::bench {

inline constexpr std::array accuracies{1e-2, 1e-3, 1e-4, 1e-5, 1e-6};

/// One solve to one accuracy against the same solve to 1e-8; errors relative.
struct Estimate {
    double error = 0;
    double estimate = 0;
    std::string by;
    int iterations = 0;
    double error_by_decay = 0; ///< where the decay of k alone would have stopped it, and what it would have said
    double decay = 0;
    int iterations_by_decay = 0;
};

/// One axis of one image, to all accuracies.
struct FlowEstimates {
    std::string half;
    std::string kind;
    std::string name;
    std::array<Estimate, accuracies.size()> at;
};

/// What a line of bench/estimates_flow.txt asks for: nothing of axes that do not percolate. Collective, on one rank.
/// @throws Error if the line is not one
std::vector<FlowEstimates> flow_estimates(const parallel::Communicator& comm, const std::string& line);

std::string in_words(const FlowEstimates& solve);

/// Both halves, by kind.
class EstimateTable {
public:
    void add(const FlowEstimates& solve) { solves_[solve.half][solve.kind].push_back(solve); }
    std::string markdown() const;

private:
    std::map<std::string, std::map<std::string, std::vector<FlowEstimates>>> solves_;
};

} // namespace lapilli::bench
