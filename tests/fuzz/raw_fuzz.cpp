// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Headerless raw: the shape, type and order of bytes that a user may give, and then the file.
#include "raw_format.hpp"
#include "verdict.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace lapilli::fuzz;
    Input input(data, size);
    const auto raw = raw_format(input);
    const MemoryFile file(input.text());
    read_image(file.path(), raw);
    return 0;
}
