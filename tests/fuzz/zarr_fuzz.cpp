// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// A Zarr array of one chunk: its metadata up to a zero, those of the group around it up to another, and the chunk.
#include "folder.hpp"
#include "input.hpp"
#include "verdict.hpp"

namespace {

std::string until_zero(std::string& rest)
{
    std::string part = rest.substr(0, rest.find('\0'));
    rest.erase(0, part.size() + 1);
    return part;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace lapilli::fuzz;
    static const Folder folder;
    std::filesystem::create_directories(folder.path() + "/0/c/0/0");
    std::string rest = Input(data, size).text();
    const std::string array = until_zero(rest), group = until_zero(rest);
    const bool is_3 = array.find("node_type") != std::string::npos;
    std::filesystem::remove(folder.path() + (is_3 ? "/0/.zarray" : "/0/zarr.json"));
    folder.write(is_3 ? "0/zarr.json" : "0/.zarray", array);
    folder.write(".zattrs", group);
    for (const auto* chunk : {"0/0.0.0", "0/c/0/0/0"}) folder.write(chunk, rest);
    read_image(folder.path(), {});
    return 0;
}
