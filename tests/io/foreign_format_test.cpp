// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scratch.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;
using format::VoxelType;

TEST_CASE("a file with the header of a format that is not read is refused by the name of the format")
{
    const ScratchFolder folder;
    const auto padded = [](std::size_t offset, const std::string& mark) { return std::string(offset, '\0') + mark; };
    const std::vector<std::pair<std::string, std::string>> files{
        {"# vtk DataFile Version 3.0\n", "VTK"},
        {"<?xml version=\"1.0\"?>\n<svg>", "XML"},
        {padded(257, "ustar"), "tar"},
    };
    const format::RawFormat raw{.shape = Shape{2, 2, 2}, .type = VoxelType::u8};
    for (const auto& [begin, name] : files) {
        const std::string path = folder.write("a.dat", begin + std::string(300, 'x'));
        CAPTURE(name);
        for (const auto& given : {format::RawFormat{}, raw}) {
            const Error error = error_of_opening(path, given);
            CHECK(error.code() == ExitCode::wrong_input);
            CHECK_THAT(error.what(), mentions(name) && mentions("save it as"));
        }
    }
}

TEST_CASE("raw voxels that begin like another format are raw where the user says all of it")
{
    const ScratchFolder folder;
    const format::RawFormat raw{.shape = Shape{1, 2, 4}, .type = VoxelType::u8};
    CHECK(read_all(folder.write("a.raw", "NRRD\1\2\3\4"), raw) == Labels{'N', 'R', 'R', 'D', 1, 2, 3, 4});
    auto behind = raw;
    behind.header = 5;
    CHECK(read_all(folder.write("b.raw", "NRRD\n\1\2\3\4\5\6\7\x8"), behind) == Labels{1, 2, 3, 4, 5, 6, 7, 8});
}
