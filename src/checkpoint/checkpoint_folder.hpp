// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lapilli::checkpoint {

/// The folder in which the checkpoints of a run lie as EPOCH-NUMBER.h5, newer ones with a higher epoch, then a higher
/// number, and fields of finished steps as EPOCH-NAME.h5. One rank, not collective.
class CheckpointFolder {
public:
    explicit CheckpointFolder(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    void make() const; ///< @throws Error
    /// Removes what this program has written there, and the folder if nothing else is in it; what cannot be removed stays.
    void remove() const;
    bool holds_anything() const;

    /// Names of the checkpoints, the newest first.
    std::vector<std::string> checkpoints() const;
    /// The highest epoch of any file; 0 if there is none.
    std::int64_t newest_epoch() const;
    static std::string checkpoint_name(std::int64_t epoch, std::int64_t number);
    static std::string field_name(std::int64_t epoch, const std::string& step);

    /// Removes all checkpoints but the newest two.
    void keep_two() const;
    /// Removes what runs that were killed did not finish writing.
    void remove_unfinished() const;

private:
    std::vector<std::string> files() const;
    void remove_own(const std::string& name) const;

    std::filesystem::path path_;
};

} // namespace lapilli::checkpoint
