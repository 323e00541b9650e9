// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace lapilli::format {

/// What was named as an image, before it is known of which format it is.
struct Candidate {
    std::string path;                                   ///< of the file or folder
    std::string part;                                   ///< which of its arrays, behind a ':'; empty: none was named
    RawFormat raw = {};                                 ///< what the user says of it
    std::optional<file::InputFile> file = std::nullopt; ///< nothing: a folder
    std::string begin = {};                             ///< the first bytes of the file, at most `most_of_begin`

    static constexpr std::size_t most_of_begin = 512;
};

/// Bytes by which a format is known.
struct Signature {
    std::size_t offset = 0;
    std::string_view bytes = {}; ///< empty: no signature
};

/// One row of the table of formats.
struct Format {
    std::string_view name; ///< for people
    std::array<Signature, 3> signatures = {};
    bool (*fits)(const Candidate& candidate) = nullptr;                  ///< by more than a signature
    std::unique_ptr<ImageReader> (*open)(Candidate candidate) = nullptr; ///< nothing: known, to be refused by its name
    bool parts = false;                                                  ///< may hold several arrays: "file:NAME"
    bool refused = false;                                                ///< `open` says why it is not read
    bool packed = false; ///< headerless voxels, whose header is packed with them
};

/// The format of a file or folder: the first of the table that fits. Whoever adds a format adds a row there. A file of which
/// the user says header, shape and type, or a shape and a type that it has exactly the size of, is raw, whatever it begins
/// like.
const Format& format_of(const Candidate& candidate);

/// The names of the formats that are read, with commas between them.
std::string formats_read();

} // namespace lapilli::format
