// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// gzip of raw: the file as it is, or what it unpacks to, packed here, so that trials get past its checksum.
#include "io/gzip.hpp"

#include "raw_format.hpp"
#include "verdict.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace lapilli;
    fuzz::Input input(data, size);
    const auto raw = fuzz::raw_format(input);
    const int packing = input.choose(4);
    std::string bytes = input.text();
    if (packing > 0) bytes = test::gzip(bytes, 3 * packing);
    if (packing == 3) bytes += test::gzip(bytes) + std::string(bytes.size() % 5, '\0');
    const fuzz::MemoryFile file(bytes);
    fuzz::read_image(file.path(), raw);
    return 0;
}
