// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_reader.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace lapilli::format {

/// An image that is opened and read in a process of its own, for libraries that crash or run for ever on damaged files
/// (HDF5 1.10): then the file is refused like any other that is damaged. Labels come back through a socket. Not collective;
/// the process ends with the reader.
/// @param path    of the file, for sentences
/// @param open    called in the new process; what it throws is thrown here
/// @param patience  processor time that opening may take, and reading a gigabyte of labels
/// @throws Error also where the process crashed or lost patience; exit code 1 where it was killed or cannot be started
std::unique_ptr<ImageReader> isolate(const std::string& path, const std::function<std::unique_ptr<ImageReader>()>& open,
                                     std::chrono::seconds patience = std::chrono::seconds(120));

} // namespace lapilli::format
