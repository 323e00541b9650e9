// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"
#include "format/hdf5/hdf5_apart.hpp"
#include "format/image_reader.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

/// An input may begin like HDF5.
extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv)
{
    lapilli::format::serve_hdf5(*argc, *argv);
    return 0;
}

namespace lapilli::fuzz {

/// Ends the trial as a finding.
inline void require(bool holds, const char* promise, const std::string& seen)
{
    if (holds) return;
    std::fprintf(stderr, "broken promise: %s: %s\n", promise, seen.c_str());
    std::abort();
}

/// What is wrong with an input is a sentence, and final: nobody tries it again.
inline void require_sentence(const Error& error)
{
    const std::string sentence = error.what();
    require(error.code() == ExitCode::wrong_input, "an input that cannot be read is wrong input", sentence);
    require(!sentence.empty(), "an error says what it is", sentence);
}

/// Reads an image twice, in order and backwards: the same labels, or an error. Whatever else is thrown is a finding.
template <class Open>
void read_image(const std::string& path, Open&& open)
{
    constexpr std::int64_t most_voxels = std::int64_t{1} << 22; // more is a large image, for which the caller finds memory
    constexpr std::int64_t most_planes = 64;
    try {
        const auto reader = open();
        const Shape shape = reader->description().shape;
        require(shape.nz > 0 && shape.ny > 0 && shape.nx > 0, "an image has voxels", path);
        if (shape.plane() > most_voxels) return;
        std::vector<std::int32_t> labels(static_cast<std::size_t>(shape.plane()));
        std::vector<std::int32_t> first;
        const std::int64_t planes = std::min(shape.nz, most_planes);
        for (std::int64_t z = 0; z < planes; ++z) {
            reader->read({z, z + 1}, labels);
            first.insert(first.end(), labels.begin(), labels.end());
        }
        for (std::int64_t z = planes; z-- > 0 && !reader->streamed();) {
            reader->read({z, z + 1}, labels);
            require(std::equal(labels.begin(), labels.end(), first.begin() + z * shape.plane()),
                    "a plane has the same labels whenever it is read", path);
        }
    } catch (const Error& error) {
        require_sentence(error);
    }
}

inline void read_image(const std::string& path, const format::RawFormat& raw)
{
    read_image(path, [&] { return format::open_image(path, raw); });
}

} // namespace lapilli::fuzz
