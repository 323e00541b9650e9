// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/error.hpp"
#include "format/isolated_reader.hpp"
#include "format/jpeg_2000/jpeg_2000.hpp"
#include "format/slices/slices_reader.hpp"

#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace lapilli::format {
namespace {

constexpr const char* own_name = "lapilli-jpeg-2000-reader";

} // namespace

std::unique_ptr<ImageReader> open_jpeg_2000_apart(const std::string& path)
{
    auto process = std::make_unique<IsolatedProcess>([](int socket) { return spawn_itself(own_name, socket); });
    process->pipe().put(path); // if it is gone, its answer will be missing
    return read_isolated(path, std::move(process));
}

void serve_jpeg_2000(int argc, const char* const* argv)
{
    if (argc != 2 || std::string_view(argv[0]) != own_name) return;
    const Pipe pipe(std::atoi(argv[1]));
    serve_isolated(pipe, [&]() -> std::unique_ptr<ImageReader> {
        std::string path;
        if (!pipe.take(path)) throw failure("nobody says what to read");
        std::error_code ignored;
        if (std::filesystem::is_directory(path, ignored)) return open_slices_here(path);
        return open_jpeg_2000(file::InputFile(path));
    });
    ::_exit(0);
}

} // namespace lapilli::format
