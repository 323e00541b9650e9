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

/// Whether FILE.json is written beside an image.
enum class Record {
    always,
    where_needed ///< beside formats that do not say the size of voxels
};

/// A new image, and beside it FILE.json, which says how it was made and how it is read where it is raw.
class MadeImage {
public:
    /// Refuses names that are taken, unless they may be, and opens both files before any work. Collective.
    MadeImage(const parallel::Communicator& comm, const std::string& file, bool force, const format::NewImage& image,
              Record record = Record::always);
    ~MadeImage();

    /// The name of what says how; empty where nothing does.
    const std::string& record() const { return record_; }
    /// What this rank holds of it while it is written, at most, besides what is given to write(). [bytes]
    std::int64_t bytes_held() const { return writer_ ? writer_->bytes_held() : 0; }
    /// What is said of the image: where it is, and how its voxels are read.
    nlohmann::ordered_json describe() const;
    /// The same, and what is in it. @param voxels  by label
    nlohmann::ordered_json describe(std::span<const std::int64_t> voxels, double porosity) const;
    /// Both files, or none. Collective. @param mine  voxels of slab_of this rank
    void write(const nlohmann::ordered_json& record, std::span<const std::byte> mine);

private:
    parallel::Communicator comm_;
    std::string file_;
    std::string record_;
    format::NewImage image_;
    std::unique_ptr<file::PendingFile> words_;    ///< on rank 0, where there is a record
    std::unique_ptr<format::ImageWriter> writer_; ///< on rank 0
};

} // namespace lapilli::cli
