// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Results of other runs, as they are or with a head that lets them pass, and the tables that are made of them.
#include "collection/collection.hpp"
#include "input.hpp"
#include "memory_file.hpp"
#include "verdict.hpp"

#include <nlohmann/json.hpp>

#include <sstream>

namespace {

using namespace lapilli;
using namespace lapilli::fuzz;

/// Numbers of cells, by row, as a reader of RFC 4180 counts them.
std::vector<std::size_t> cells(const std::string& csv)
{
    std::vector<std::size_t> rows;
    std::size_t count = 1;
    bool quoted = false;
    for (const char c : csv) {
        if (c == '"') quoted = !quoted;
        if (!quoted && c == ',') ++count;
        if (!quoted && c == '\n') rows.push_back(std::exchange(count, 1));
    }
    require(!quoted && count == 1, "a table ends with a line", csv);
    return rows;
}

void check_tables(const collection::Collection& results)
{
    const auto csv = collection::to_csv(results);
    const auto rows = cells(csv);
    require(rows.size() == results.size() + 1 && std::equal(rows.begin() + 1, rows.end(), rows.begin()),
            "a table has as many cells in each row", csv);
    const auto json = collection::to_json(results);
    require(nlohmann::json::parse(json.dump()) == json, "all of the results is written", json.dump());
    std::istringstream lines(collection::to_table(results, 80));
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count)
        require(std::none_of(line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 127; }),
                "a line moves no cursor", line);
    require(count > results.size(), "a result has a line", csv);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    const bool as_it_is = input.choose(2) == 0;
    const std::string text = input.text();
    const std::string head = R"({"schema":1,"status":"done","program":{"name":"lapilli"},)";
    const MemoryFile file(as_it_is ? text : head + text + '}');
    try {
        const auto result = results::read_result(file.path());
        check_tables({result, result});
    } catch (const Error& error) {
        require_sentence(error);
        require(std::string(error.what()).find(file.path()) != std::string::npos, "an error names the file", error.what());
    }
    return 0;
}
