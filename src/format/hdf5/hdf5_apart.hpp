// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_reader.hpp"
#include "format/isolated_process.hpp"

#include <memory>
#include <string>

namespace lapilli::format {

/// As open_hdf5, but HDF5 is at work in a process apart, which is this program once more: the library crashes on some
/// damaged files, and they are then refused like others. Voxels that lie in one piece are read here, by their bytes; those
/// that HDF5 has to unpack, there. The `main` of every program that calls this begins with serve_hdf5.
std::unique_ptr<ImageReader> open_hdf5_apart(const std::string& file, const std::string& dataset);

/// The same in a process that is started otherwise, for tests of thousands of damaged files: a copy is there in a third of
/// the time. It calls serve_hdf5 with its end of the stream.
std::unique_ptr<ImageReader> open_hdf5_apart(const std::string& file, const std::string& dataset, const StartProcess& start);

/// The life of that process, by the arguments of `main`: reads for the one that has started it, and does not return. Nothing
/// in all other processes.
void serve_hdf5(int argc, const char* const* argv);
[[noreturn]] void serve_hdf5(const Pipe& pipe);

} // namespace lapilli::format
