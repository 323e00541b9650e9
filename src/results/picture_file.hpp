// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace lapilli::results {

/// pictures.json of a result folder: what a report shows of the image and of its fields, so that it can be made anew. It
/// grows while the run goes on, and is whole at any time. One rank, not collective.
class PictureFile {
public:
    static constexpr const char* name = "pictures.json";

    /// Goes on with the pictures that lie there; those of another image, or with another boundary, are removed. Only who has
    /// the lease of the folder may. @param image  as result.json has it
    PictureFile(const std::string& folder, const nlohmann::ordered_json& image, const std::string& boundary);

    /// @throws Error the disk is full
    void add(const std::string& name, nlohmann::ordered_json pictures);

private:
    std::string path_;
    nlohmann::ordered_json all_;
};

/// The pictures by their names; null where there are none of this image and boundary, or none that can be read.
/// @param boundary  empty: not known, so that any will do
nlohmann::ordered_json read_pictures(const std::string& folder, const nlohmann::ordered_json& image,
                                     const std::string& boundary);

/// Whether a file has been written by a PictureFile, or is empty.
bool is_own_pictures(const std::string& path);

} // namespace lapilli::results
