// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_reader.hpp"
#include "format/isolated_process.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace lapilli::format {

/// An image that is opened and read in a process of its own, for libraries that crash or run for ever on damaged files
/// (HDF5 1.10): then the file is refused like any other that is damaged. Voxels come back through a socket. Not collective;
/// the process ends with the reader.
/// @param path     of the file, for sentences
/// @param process  in which serve_isolated() is at work; what is thrown there is thrown here
/// @throws Error also where the process crashed or lost patience; exit code 1 where it was killed
std::unique_ptr<ImageReader> read_isolated(const std::string& path, std::unique_ptr<IsolatedProcess> process);

/// The life of the process apart: opens, then answers requests for planes until nobody asks any more.
/// @param pipe      to the process that asks
/// @param patience  processor time that opening may take, and reading a gigabyte of voxels
void serve_isolated(const Pipe& pipe, const std::function<std::unique_ptr<ImageReader>()>& open,
                    std::chrono::seconds patience = std::chrono::seconds(120));

} // namespace lapilli::format
