// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// What scanners and viewers write, under the name that the first byte chooses: pictures, DICOM, Amira meshes, ISQ, VGI.
#include "folder.hpp"
#include "input.hpp"
#include "verdict.hpp"

#include <array>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace lapilli::fuzz;
    static const Folder folder;
    static const std::string beside = folder.write("image.vol", std::string(4096, '\1')); // what a .vgi names
    constexpr std::array names{"image.bmp", "image.vgi", "image"};
    Input input(data, size);
    const std::string name = names[static_cast<std::size_t>(input.choose(3))];
    const std::string path = folder.write(name, input.text());
    read_image(path, {});
    std::filesystem::remove(path);
    return 0;
}
