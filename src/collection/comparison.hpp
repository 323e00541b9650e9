// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "results/result_file.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace lapilli::collection {

/// How far two numbers may be apart, relative to the larger one.
struct Tolerance {
    std::string key; ///< of result.json, or several with / between, that stand in a value's place; empty: of every result
    double relative = 0;
};

struct ComparisonOptions {
    std::vector<Tolerance> tolerances; ///< of several that fit a value the last; of none: by the errors that both state
    bool bits = false;                 ///< everything must have the same bits, also how it was found
    bool all = false;                  ///< also what is no result: times, memory, hosts, paths, versions
};

/// What is made of a difference. Aside: of how a result was found, which its error answers for, or of no result at all.
enum class Verdict { within_errors, within_tolerance, apart, aside };
std::string name(Verdict verdict);

/// A value, or a list of numbers, that two results do not have alike.
struct Difference {
    std::string place;                        ///< in result.json; of a list: where its numbers are farthest apart
    std::size_t values = 1;                   ///< that differ there
    nlohmann::json a, b;                      ///< what both have there
    std::optional<double> absolute, relative; ///< of numbers: apart; of a list relative to its largest
    std::optional<double> allowed;            ///< relative; absent: nothing
    Verdict verdict = Verdict::apart;
};

/// What one of two results lacks: a value, or all that stands under a key.
struct Missing {
    std::string place;
    bool in_a = false; ///< which has it
};

struct Comparison {
    std::string a, b;                    ///< the files
    std::vector<std::string> premises;   ///< sentences: what differs of image, boundary, units and method
    std::vector<Difference> differences; ///< of results, those that are apart first
    std::vector<Missing> missing;
    std::vector<Difference> asides; ///< of how they were found, and, if that was asked for, of what is no result
    std::size_t values = 0;         ///< that both have
    std::size_t same = 0;           ///< of these, with the same bits
    bool bits = false;              ///< all was to have the same bits
    bool all = false;               ///< asides are to be shown

    bool same_bits() const { return premises.empty() && missing.empty() && same == values; }
    /// Nothing is apart, and none lacks a result of the other.
    bool equal() const;
};

/// Compares all of `summary` and `result`, and what both are of.
/// @throws Error exit code 2: a tolerance of a key that neither has
Comparison compare(const results::ResultFile& a, const results::ResultFile& b, const ComparisonOptions& options);

/// For people: the premises, a table of what differs, what one lacks, and one sentence.
std::string to_table(const Comparison& comparison);
nlohmann::ordered_json to_json(const Comparison& comparison);

} // namespace lapilli::collection
