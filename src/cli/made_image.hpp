// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_writer.hpp"
#include "parallel/communicator.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace lapilli::file {
class PendingFile;
}

namespace lapilli::cli {

/// A new image, and beside it FILE.json, which says how it was made.
class MadeImage {
public:
    /// Refuses names that are taken, unless they may be, and opens both files before any work. Collective.
    MadeImage(const parallel::Communicator& comm, const std::string& file, bool force, const format::NewImage& image);
    ~MadeImage();

    /// The name of what says how.
    std::string record() const { return file_ + ".json"; }
    /// What is said of the image. @param voxels  by label
    nlohmann::ordered_json describe(std::span<const std::int64_t> voxels, double porosity) const;
    /// Both files, or none. Collective. @param mine  labels of slab_of this rank
    void write(const nlohmann::ordered_json& record, std::span<const std::uint8_t> mine);

private:
    parallel::Communicator comm_;
    std::string file_;
    format::NewImage image_;
    std::unique_ptr<file::PendingFile> words_;    ///< on rank 0
    std::unique_ptr<format::ImageWriter> writer_; ///< on rank 0
};

} // namespace lapilli::cli
