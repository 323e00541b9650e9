// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/schema.hpp"

#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace lapilli;

TEST_CASE("docs/result.schema.json is the schema of the results")
{
    std::ifstream file(LAPILLI_SOURCE_DIR "/docs/result.schema.json");
    std::ostringstream published;
    published << file.rdbuf();
    const std::string made = report::result_schema().dump(1) + "\n";
    const std::string copy = LAPILLI_TEST_LOGS "/result.schema.json";
    const bool same = published.str() == made;
    if (!same) {
        std::filesystem::create_directories(LAPILLI_TEST_LOGS);
        std::ofstream(copy) << made;
    }
    INFO("docs/result.schema.json is not what the program writes; copy it from " + copy);
    CHECK(same);
}
