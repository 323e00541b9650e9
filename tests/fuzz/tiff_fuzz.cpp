// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// TIFF and BigTIFF, as they are.
#include "memory_file.hpp"
#include "verdict.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace lapilli::fuzz;
    if (size < 4 || data[0] != data[1]) return 0; // no TIFF
    const MemoryFile file({reinterpret_cast<const char*>(data), size});
    read_image(file.path(), {});
    return 0;
}
