// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Files that say themselves what they hold: a header and a block of voxels, or several arrays, one of which may be named.
#include "input.hpp"
#include "memory_file.hpp"
#include "verdict.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace lapilli::fuzz;
    Input input(data, size);
    const bool is_named = input.choose(4) == 0;
    const MemoryFile file(input.text());
    const lapilli::format::RawFormat nothing_said;
    read_image(file.path() + (is_named ? ":rock" : ""), nothing_said);
    return 0;
}
