// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "launch/first_words.hpp"
#include "launch/scratch_folder.hpp"

#include "support/catch.hpp"

#include <limits>

using namespace lapilli::launch;

TEST_CASE("temporary files go to the first folder that takes them, and what is wrong with those before is said")
{
    const auto found =
        find_scratch_folder(1, {{"TMPDIR=/nowhere", "/nowhere"}, {"/dev/null", "/dev/null"}, {"/", "."}, {"/", "/"}});
    CHECK(found.path == ".");
    CHECK(found.remarks == "TMPDIR=/nowhere does not exist, /dev/null is not a folder");
    const auto none = find_scratch_folder(std::numeric_limits<std::uint64_t>::max(), {{"here", "."}});
    CHECK(none.path.empty());
    CHECK(none.remarks.find("here is full (") == 0);
}

TEST_CASE("of what mpirun says a sentence has the first that means something")
{
    CHECK(first_words("").empty());
    CHECK(first_words("\n------\n\n") == "");
    CHECK(first_words("-----\nA requested component was not found, or was unable to be opened.  This\nmeans that") ==
          "A requested component was not found, or was unable to be opened");
    CHECK(first_words("[vm:05840] [[31278,0],0] ORTE_ERROR_LOG: Error in file session_dir.c at line 107\n") ==
          "ORTE_ERROR_LOG: Error in file session_dir.c at line 107");
    CHECK(first_words("[never closed\n") == "[never closed");
    CHECK(first_words("----\nwhatever\nlapilli: error: no; a; b\n---\n") == "lapilli: error: no; a; b");
    CHECK(first_words(std::string(100000, 'x')).size() == 200);
}
