// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/hdf5/hdf5_apart.hpp"

#include "core/error.hpp"
#include "format/hdf5/hdf5_reader.hpp"
#include "format/isolated_reader.hpp"
#include "format/raw/raw_reader.hpp"

#include <cstdlib>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace lapilli::format {
namespace {

constexpr const char* own_name = "lapilli-hdf5-reader";

} // namespace

std::unique_ptr<ImageReader> open_hdf5_apart(const std::string& file, const std::string& dataset)
{
    return open_hdf5_apart(file, dataset, [](int socket) { return spawn_itself(own_name, socket); });
}

std::unique_ptr<ImageReader> open_hdf5_apart(const std::string& file, const std::string& dataset, const StartProcess& start)
{
    auto process = std::make_unique<IsolatedProcess>(start);
    for (const auto& words : {file, dataset}) process->pipe().put(words); // if it is gone, its answer will be missing
    auto reader = read_isolated(file, std::move(process));
    ImageDescription image = reader->description();
    if (!image.plain) return reader;
    const PlainVoxels plain = *image.plain;
    const RawLayout layout{.shape = image.shape, .type = image.type, .swap = plain.swap};
    return open_raw_within(file::InputFile(plain.file), std::move(image), layout, plain.offset);
}

void serve_hdf5(int argc, const char* const* argv)
{
    if (argc == 2 && std::string_view(argv[0]) == own_name) serve_hdf5(Pipe(std::atoi(argv[1])));
}

void serve_hdf5(const Pipe& pipe)
{
    serve_isolated(pipe, [&] {
        std::string file, dataset;
        if (!pipe.take(file) || !pipe.take(dataset)) throw failure("nobody says what to read");
        return open_hdf5(file::InputFile(file), dataset);
    });
    ::_exit(0); // not by the ends of HDF5 and MPI, which nobody waits for
}

} // namespace lapilli::format
